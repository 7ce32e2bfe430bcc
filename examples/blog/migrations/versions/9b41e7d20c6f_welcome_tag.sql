-- welcome tag
--
-- revision: 9b41e7d20c6f
-- revises: 5c3d8a91f0e2
-- create date: 2026-11-23T05:11:23Z
-- branch labels:
-- depends on:

-- upgrade
insert into tags (name) values ('welcome');

-- downgrade
delete from tags where name = 'welcome';
