"""The looks: tokens, fonts and icons, turned into a palette and one style sheet."""
