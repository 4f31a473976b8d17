"""Who must sign in before the desk is open behind the first screen. Standard library only."""

from complaint_desk.store.door import Door, look_at_door

__all__ = ["Door", "look_at_door"]
