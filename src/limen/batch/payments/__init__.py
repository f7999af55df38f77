"""Payment messages of files and folders, screened and written transaction by transaction."""
