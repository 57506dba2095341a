"""Models of the folder window; they hold what core has brought and say it in words."""
