"""What makes the files that are committed: icons, pictures, the hip map."""
