drop function stoa.visible_workspaces();
drop policy co_member on stoa.account_emails;
drop policy co_member on stoa.accounts;
drop table stoa.audit_logs;
drop table stoa.invitations;
drop table stoa.workspace_members;
drop table stoa.memberships;
drop table stoa.workspaces;
drop table stoa.tenants;
