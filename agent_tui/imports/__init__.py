"""Reading the files people bring: tables of text into entries, each row judged by itself."""
