"""What is lent and sought: rooms, vehicles, kit, skills, hours; loans."""
