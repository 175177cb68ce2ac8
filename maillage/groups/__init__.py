"""Working groups and coordination bodies: members, meetings, minutes, decisions, actions."""
