"""What the desk knows: the words of the trade as data, and their one loader.

`from complaint_desk.playbook.loader import load_playbook` is the door. A store changes entries by files
of its own with the names and keys of those in `data`; `template` tells how lines with slots are written.
"""
