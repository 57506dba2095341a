"""What is on the screen: grid, panels, bars and dialogs."""
