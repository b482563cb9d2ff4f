"""The person's own data as a whole: copies to keep, copies to read, restoring, merging, erasing."""
