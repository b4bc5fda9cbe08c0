-- What was shown of amounts, beside the counts of the same answer; with what must stay possible of those withheld.
alter table ledger_answers add column sums text not null default '[]';
