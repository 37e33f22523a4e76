"""The screens. Nothing else imports Textual; they reach the disk and the share through the book alone."""
