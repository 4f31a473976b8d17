"""Who calls: customers, their cards, and erasing one."""
