"""What was said: answers, their history, what each was built on, the trash, and the one writer of them."""
