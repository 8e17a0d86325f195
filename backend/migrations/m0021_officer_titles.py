"""The title of an officer (chức danh) as papers print it; nobody has one before. A moment."""

STATEMENTS = ("ALTER TABLE officers ADD COLUMN title TEXT CHECK (title <> '')",)
