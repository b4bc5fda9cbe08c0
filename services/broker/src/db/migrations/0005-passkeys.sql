-- JSON of where a coordinator's passkey is used and by whom; null for a key in a file.
alter table lab_coordinators add column passkey text;
