-- What the database should look like. Change it, then write the way there with:
--   limbeck revision --autogenerate -m "what changes"

CREATE TABLE users (
  id integer PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL
);
