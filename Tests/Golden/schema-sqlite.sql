CREATE TABLE account (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    match_key TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    last_post TEXT REFERENCES post (id),
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    locked_until INTEGER,
    disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    created INTEGER NOT NULL ,
    password_set INTEGER,
    home TEXT REFERENCES party (id)
) STRICT;

CREATE TABLE account_link (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT,
    claim TEXT,
    linked_by TEXT NOT NULL,
    linked_at INTEGER NOT NULL,
    used INTEGER,
    UNIQUE (issuer, subject),
    UNIQUE (issuer, claim),
    UNIQUE (account, issuer),
    CHECK (subject IS NOT NULL OR claim IS NOT NULL)
) STRICT;

CREATE TABLE account_password (
    account TEXT NOT NULL REFERENCES account (id),
    retired INTEGER NOT NULL,
    password TEXT NOT NULL,
    PRIMARY KEY (account, retired)
) STRICT;

CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    post TEXT NOT NULL REFERENCES post (id),
    label TEXT NOT NULL,
    secret_digest BLOB NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    revoked INTEGER,
    used INTEGER
) STRICT;

CREATE INDEX api_token_account ON api_token (account);

CREATE TABLE application_list (
    id TEXT NOT NULL PRIMARY KEY,
    file_name TEXT NOT NULL,
    party TEXT NOT NULL,
    brought_by TEXT NOT NULL,
    brought_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'drafted', 'dropped')),
    sheet TEXT,
    contents TEXT NOT NULL,
    refused TEXT NOT NULL,
    applications TEXT NOT NULL,
    CHECK ((state = 'open') = (sheet IS NOT NULL))
) STRICT;

CREATE INDEX application_list_by_party ON application_list (party, id);

CREATE TABLE approval_chain (
    name TEXT NOT NULL,
    party_id TEXT NOT NULL,
    steps TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    variants TEXT NOT NULL DEFAULT '[]',
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (name, party_id)
) STRICT;

CREATE TABLE calendar_move (
    revision INTEGER NOT NULL REFERENCES calendar_publication (revision),
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    due_before TEXT,
    due_after TEXT,
    moved_at INTEGER NOT NULL,
    PRIMARY KEY (revision, case_id, position)
) STRICT;

CREATE TABLE calendar_publication (
    revision INTEGER NOT NULL PRIMARY KEY CHECK (revision >= 1),
    kind TEXT NOT NULL CHECK (kind IN ('year', 'closure', 'withdrawal')),
    year INTEGER,
    days TEXT,
    closed_from TEXT,
    closed_to TEXT,
    document TEXT,
    reason TEXT,
    withdraws INTEGER UNIQUE REFERENCES calendar_publication (revision),
    published_by TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    CHECK (kind <> 'year' OR (year IS NOT NULL AND days IS NOT NULL AND document IS NOT NULL)),
    CHECK (kind <> 'closure' OR (closed_from <= closed_to AND document IS NOT NULL AND reason IS NOT NULL)),
    CHECK ((kind = 'withdrawal') = (withdraws IS NOT NULL))
) STRICT;

CREATE TABLE case_clock (
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    due_on TEXT,
    is_provisional INTEGER NOT NULL CHECK (is_provisional IN (0, 1)),
    body TEXT NOT NULL,
    calendar_revision INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (case_id, position)
) STRICT;

CREATE INDEX case_clock_by_calendar ON case_clock (is_open, calendar_revision, case_id);

CREATE INDEX case_clock_by_due ON case_clock (is_open, due_on, case_id, position);

CREATE INDEX case_clock_provisional ON case_clock (is_open, due_on) WHERE is_provisional = 1;

CREATE TABLE case_event (
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    revision INTEGER NOT NULL,
    act TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    at INTEGER NOT NULL,
    account_id TEXT,
    party_id TEXT,
    post_id TEXT,
    comment TEXT,
    legal_basis TEXT,
    content TEXT NOT NULL,
    passed_over TEXT NOT NULL,
    is_deputy INTEGER NOT NULL DEFAULT 0,
    paper TEXT,
    PRIMARY KEY (case_id, revision)
) STRICT;

CREATE TABLE case_excluded (
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    account_id TEXT NOT NULL,
    PRIMARY KEY (case_id, account_id)
) STRICT;

CREATE TABLE case_feed (
    account_id TEXT NOT NULL PRIMARY KEY,
    post_id TEXT NOT NULL,
    tray TEXT NOT NULL CHECK (tray IN ('mine', 'unit')),
    secret_digest BLOB NOT NULL UNIQUE,
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE case_holder (
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    party_id TEXT NOT NULL,
    role TEXT NOT NULL,
    post_id TEXT NOT NULL,
    seats TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    due_key TEXT NOT NULL DEFAULT '9999-12-31',
    changed_at INTEGER NOT NULL DEFAULT 0,
    since INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (case_id, party_id, role, post_id)
) STRICT;

CREATE INDEX case_holder_by_change ON case_holder (party_id, role, post_id, changed_at, case_id, seats, state);

CREATE INDEX case_holder_by_due ON case_holder (party_id, role, post_id, due_key, case_id, seats, state);

CREATE TABLE case_key (
    account_id TEXT NOT NULL,
    key TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    act TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (account_id, key)
) STRICT;

CREATE TABLE case_notice (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    party_id TEXT NOT NULL,
    role TEXT NOT NULL,
    occasion TEXT NOT NULL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL,
    seen_at INTEGER,
    seen_by TEXT,
    UNIQUE (case_id, party_id, role, occasion)
) STRICT;

CREATE INDEX case_notice_by_party ON case_notice (party_id, role, seen_at, at);

CREATE TABLE case_part (
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    party_id TEXT NOT NULL,
    seats TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('own', 'other', 'none', 'over')),
    state TEXT NOT NULL,
    due_key TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, party_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_part_by_change ON case_part (party_id, stage, changed_at, case_id, seats, state);

CREATE INDEX case_part_by_due ON case_part (party_id, stage, due_key, case_id, seats, state);

CREATE INDEX case_part_by_state ON case_part (party_id, stage, state, due_key, case_id, seats);

CREATE TABLE case_seat (
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    seat TEXT NOT NULL,
    party_id TEXT NOT NULL,
    PRIMARY KEY (case_id, seat)
) STRICT;

CREATE INDEX case_seat_by_party ON case_seat (party_id, case_id);

CREATE TABLE case_title (
    title TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TABLE case_watch (
    account_id TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    watched_at INTEGER NOT NULL,
    seen_revision INTEGER NOT NULL,
    seen_state TEXT NOT NULL,
    PRIMARY KEY (account_id, case_id)
) STRICT;

CREATE TABLE catalogue_entry (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'in-review', 'published', 'withdrawn')),
    revision INTEGER NOT NULL CHECK (revision > 0),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    standing_card TEXT,
    standing_at INTEGER,
    withdrawal_reason TEXT,
    proposal_card TEXT,
    proposal_stage TEXT CHECK (proposal_stage IN ('draft', 'in-review')),
    proposers TEXT,
    return_reason TEXT,
    title TEXT NOT NULL,
    resource_code TEXT,
    category TEXT NOT NULL,
    provider TEXT NOT NULL,
    abstract TEXT NOT NULL,
    item_count INTEGER NOT NULL,
    share_type TEXT,
    open_type TEXT,
    update_cycle TEXT,
    publish_date TEXT,
    grade TEXT,
    is_published INTEGER NOT NULL CHECK (is_published IN (0, 1)),
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    listed_at INTEGER NOT NULL,
    search_text TEXT NOT NULL,
    CHECK ((proposal_card IS NULL) = (proposal_stage IS NULL)),
    CHECK ((standing_card IS NULL) = (standing_at IS NULL)),
    CHECK ((state IN ('published', 'withdrawn')) = (standing_card IS NOT NULL)),
    CHECK (standing_card IS NOT NULL OR proposal_card IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX catalogue_entry_by_code ON catalogue_entry (resource_code);

CREATE INDEX catalogue_entry_by_owner ON catalogue_entry (owner, state, title, number);

CREATE INDEX catalogue_entry_by_stage ON catalogue_entry (proposal_stage, state, title, number);

CREATE INDEX catalogue_entry_by_state ON catalogue_entry (state, title, number);

CREATE TABLE catalogue_history (
    entry TEXT NOT NULL REFERENCES catalogue_entry (id),
    revision INTEGER NOT NULL,
    act TEXT NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT,
    changes TEXT NOT NULL,
    PRIMARY KEY (entry, revision)
) STRICT;

CREATE TABLE catalogue_posting (
    term TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES catalogue_entry (number),
    weight INTEGER NOT NULL,
    PRIMARY KEY (term, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX catalogue_posting_by_entry ON catalogue_posting (entry);

CREATE TABLE delivery (
    id TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES policy_grant (id),
    entry TEXT NOT NULL,
    provider TEXT NOT NULL,
    recipient TEXT NOT NULL,
    format TEXT NOT NULL,
    target TEXT REFERENCES push_target (id),
    timing TEXT,
    skips_unchanged INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
    account TEXT NOT NULL,
    post TEXT,
    next_at INTEGER NOT NULL,
    due_at INTEGER,
    run TEXT,
    is_settled INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    retry_at INTEGER,
    succeeded_at INTEGER,
    last_version TEXT,
    last_revision INTEGER,
    problem TEXT,
    revision INTEGER NOT NULL
) STRICT;

CREATE INDEX delivery_next ON delivery (state, next_at);

CREATE INDEX delivery_of_grant ON delivery (grant_id, id);

CREATE TABLE delivery_run (
    id TEXT NOT NULL PRIMARY KEY,
    delivery TEXT NOT NULL,
    format TEXT NOT NULL,
    account TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT NOT NULL,
    release_id TEXT,
    problem TEXT
) STRICT;

CREATE INDEX delivery_run_of_delivery ON delivery_run (delivery, id);

CREATE INDEX delivery_run_under_way ON delivery_run (outcome, lease_until);

CREATE TABLE drop_table (
    hook TEXT NOT NULL PRIMARY KEY REFERENCES hook (id),
    entry TEXT NOT NULL,
    owner TEXT NOT NULL,
    place TEXT NOT NULL,
    credential BLOB,
    manner TEXT NOT NULL,
    account TEXT NOT NULL,
    post TEXT,
    problem TEXT,
    lease_until INTEGER NOT NULL,
    revision INTEGER NOT NULL
) STRICT;

CREATE TABLE evidence_chain (
    position INTEGER PRIMARY KEY,
    leaf TEXT NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    actor TEXT NOT NULL,
    chain BLOB NOT NULL
) STRICT;

CREATE INDEX evidence_chain_actor ON evidence_chain (actor, at, leaf);

CREATE INDEX evidence_chain_at ON evidence_chain (at, leaf);

CREATE UNIQUE INDEX evidence_chain_leaf ON evidence_chain (leaf);

CREATE INDEX evidence_chain_type ON evidence_chain (type, at, leaf);

CREATE TABLE evidence_checkpoint (
    size INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    envelope TEXT NOT NULL
) STRICT;

CREATE TABLE evidence_leaf (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    subjects TEXT NOT NULL,
    payload TEXT NOT NULL,
    personal TEXT,
    digest BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_personal (
    leaf TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE INDEX evidence_personal_at ON evidence_personal (at);

CREATE TABLE evidence_probe (
    id INTEGER PRIMARY KEY CONSTRAINT evidence_probe_single CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE evidence_state (
    id INTEGER PRIMARY KEY CONSTRAINT evidence_state_single CHECK (id = 1),
    node TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    token INTEGER NOT NULL,
    holder TEXT NOT NULL,
    until_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    chain BLOB NOT NULL,
    peaks BLOB NOT NULL
) STRICT;

CREATE TABLE evidence_subject (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    PRIMARY KEY (kind, subject, at, leaf)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_tile (
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence_waiting (
    leaf TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE exchange_announced_end (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES governed_case (id),
    grant_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    recipient TEXT NOT NULL,
    bureau TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    basis TEXT NOT NULL,
    successor TEXT,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    closed_on TEXT,
    CHECK ((is_open = 1) = (closed_on IS NULL))
) STRICT;

CREATE INDEX exchange_announced_end_day ON exchange_announced_end (is_open, ends_on);

CREATE INDEX exchange_announced_end_entry ON exchange_announced_end (entry_id, case_id);

CREATE INDEX exchange_announced_end_of ON exchange_announced_end (grant_id, case_id);

CREATE UNIQUE INDEX exchange_announced_end_open ON exchange_announced_end (grant_id) WHERE is_open = 1;

CREATE TABLE exchange_batch (
    id TEXT NOT NULL PRIMARY KEY,
    file_name TEXT NOT NULL,
    party TEXT NOT NULL,
    brought_by TEXT NOT NULL,
    brought_at INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    refused TEXT NOT NULL
) STRICT;

CREATE INDEX exchange_batch_by_party ON exchange_batch (party, id);

CREATE TABLE exchange_coordination (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES governed_case (id),
    request_case TEXT NOT NULL REFERENCES governed_case (id),
    applicant TEXT NOT NULL,
    provider TEXT NOT NULL,
    bureau TEXT NOT NULL,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    grant_id TEXT,
    CHECK ((is_open = 1) = (closed_on IS NULL))
) STRICT;

CREATE INDEX exchange_coordination_grant ON exchange_coordination (grant_id, case_id);

CREATE INDEX exchange_coordination_of ON exchange_coordination (request_case, case_id);

CREATE UNIQUE INDEX exchange_coordination_open ON exchange_coordination (request_case) WHERE is_open = 1;

CREATE TABLE exchange_emergency (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES sharing_request (case_id),
    entry_id TEXT NOT NULL,
    applicant TEXT NOT NULL,
    circumstance TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    leader_post TEXT,
    leader_party TEXT,
    said_at INTEGER,
    means TEXT CHECK (means IN ('telephone', 'meeting', 'message', 'in-person')),
    words TEXT,
    entered_at INTEGER,
    ends_at INTEGER,
    outcome TEXT CHECK (outcome IN ('confirmed', 'lapsed', 'declined', 'withdrawn')),
    ended_at INTEGER,
    CHECK ((leader_post IS NULL) = (ends_at IS NULL)),
    CHECK ((outcome IS NULL) = (ended_at IS NULL))
) STRICT;

CREATE INDEX exchange_emergency_ending ON exchange_emergency (outcome, ends_at);

CREATE UNIQUE INDEX exchange_emergency_open ON exchange_emergency (entry_id, applicant) WHERE outcome IS NULL;

CREATE TABLE exchange_end (
    grant_id TEXT NOT NULL PRIMARY KEY,
    entry_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    recipient TEXT NOT NULL,
    ended_at INTEGER NOT NULL,
    is_owed INTEGER NOT NULL CHECK (is_owed IN (0, 1)),
    due_on TEXT NOT NULL,
    clause TEXT NOT NULL,
    taken TEXT NOT NULL,
    certificate TEXT,
    CHECK (certificate IS NULL OR is_owed = 1)
) STRICT;

CREATE INDEX exchange_end_by_provider ON exchange_end (provider, is_owed, due_on);

CREATE INDEX exchange_end_by_recipient ON exchange_end (recipient, is_owed, due_on);

CREATE TABLE exchange_entry_consent (
    entry_id TEXT NOT NULL PRIMARY KEY,
    superior TEXT NOT NULL,
    basis TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL
) STRICT;

CREATE TABLE exchange_running (
    id TEXT NOT NULL PRIMARY KEY,
    batch_id TEXT NOT NULL REFERENCES exchange_batch (id),
    line INTEGER NOT NULL,
    entry_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    recipient TEXT NOT NULL,
    document TEXT NOT NULL,
    terms TEXT NOT NULL,
    is_lacking INTEGER NOT NULL CHECK (is_lacking IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'dropped')),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    provider_signed_by TEXT,
    provider_signed_at INTEGER,
    bureau_signed_by TEXT,
    bureau_signed_at INTEGER,
    grant_id TEXT,
    CHECK ((provider_signed_by IS NULL) = (provider_signed_at IS NULL)),
    CHECK ((bureau_signed_by IS NULL) = (bureau_signed_at IS NULL)),
    CHECK ((state = 'granted') = (grant_id IS NOT NULL)),
    CHECK (grant_id IS NULL OR (provider_signed_by IS NOT NULL AND bureau_signed_by IS NOT NULL AND provider_signed_by <> bureau_signed_by)),
    CHECK (is_lacking = 0 OR (provider_signed_by IS NULL AND bureau_signed_by IS NULL))
) STRICT;

CREATE INDEX exchange_running_by_batch ON exchange_running (batch_id, id);

CREATE INDEX exchange_running_by_provider ON exchange_running (provider, id);

CREATE UNIQUE INDEX exchange_running_once ON exchange_running (entry_id, recipient, document) WHERE state <> 'dropped';

CREATE TABLE exchange_supervision (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES governed_case (id),
    about_case TEXT REFERENCES governed_case (id),
    about_kind TEXT,
    about_clock TEXT,
    about_position INTEGER,
    unit TEXT NOT NULL,
    bureau TEXT NOT NULL,
    subject TEXT NOT NULL,
    basis TEXT NOT NULL,
    due_on TEXT,
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    opened_on TEXT NOT NULL,
    answer_due TEXT,
    answered_on TEXT,
    promised_on TEXT,
    closed_on TEXT,
    CHECK ((is_open = 1) = (closed_on IS NULL)),
    CHECK ((about_case IS NULL) = (about_kind IS NULL)),
    CHECK ((about_clock IS NULL) = (about_position IS NULL))
) STRICT;

CREATE INDEX exchange_supervision_about ON exchange_supervision (about_case, case_id);

CREATE INDEX exchange_supervision_by_unit ON exchange_supervision (unit, is_open, case_id);

CREATE UNIQUE INDEX exchange_supervision_open ON exchange_supervision (about_case, unit) WHERE is_open = 1 AND about_case IS NOT NULL;

CREATE TABLE exchange_template (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sharing TEXT CHECK (sharing IN ('unconditional', 'conditional')),
    purpose TEXT NOT NULL,
    basis TEXT NOT NULL,
    terms TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    effective_to TEXT,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL
) STRICT;

CREATE INDEX exchange_template_in_force ON exchange_template (effective_from, effective_to);

CREATE TABLE exchange_use_report (
    grant_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    figures TEXT NOT NULL,
    use_text TEXT NOT NULL,
    benefit TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (grant_id, year)
) STRICT;

CREATE TABLE filing (
    id TEXT NOT NULL PRIMARY KEY,
    hook TEXT NOT NULL REFERENCES hook (id),
    entry TEXT NOT NULL,
    owner TEXT NOT NULL,
    period TEXT,
    kind TEXT NOT NULL,
    manner TEXT NOT NULL,
    channel TEXT NOT NULL,
    package TEXT,
    upload TEXT,
    sha256 TEXT,
    file_name TEXT,
    attempt TEXT REFERENCES publication (id),
    served_before TEXT,
    reason TEXT,
    filed_by TEXT NOT NULL,
    filed_at INTEGER NOT NULL,
    undone_by TEXT,
    undone_at INTEGER
) STRICT;

CREATE INDEX filing_of_bytes ON filing (hook, sha256);

CREATE INDEX filing_of_hook ON filing (hook, id);

CREATE INDEX filing_of_package ON filing (package);

CREATE TABLE filing_duty (
    hook TEXT NOT NULL PRIMARY KEY REFERENCES hook (id),
    entry TEXT NOT NULL,
    owner TEXT NOT NULL,
    cadence TEXT NOT NULL,
    deadline_days INTEGER NOT NULL,
    remind_days INTEGER NOT NULL,
    manner TEXT NOT NULL,
    row_key TEXT NOT NULL,
    since TEXT NOT NULL,
    revision INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL
) STRICT;

CREATE INDEX filing_duty_of_owner ON filing_duty (owner);

CREATE TABLE folder_watch (
    hook TEXT NOT NULL PRIMARY KEY REFERENCES hook (id),
    entry TEXT NOT NULL,
    owner TEXT NOT NULL,
    pattern TEXT NOT NULL,
    manner TEXT NOT NULL,
    account TEXT NOT NULL,
    post TEXT,
    problem TEXT,
    lease_until INTEGER NOT NULL,
    revision INTEGER NOT NULL
) STRICT;

CREATE TABLE governed_case (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    workflow_version INTEGER NOT NULL,
    title TEXT NOT NULL,
    about_kind TEXT NOT NULL,
    about_id TEXT NOT NULL,
    state TEXT NOT NULL,
    is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    chain TEXT,
    opened_by TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    due_on TEXT
) STRICT;

CREATE INDEX governed_case_by_kind ON governed_case (kind, is_final, due_on, id);

CREATE INDEX governed_case_by_subject ON governed_case (about_kind, about_id, id);

CREATE INDEX governed_case_by_title ON governed_case (title, id);

CREATE TABLE grading_book (
    entry TEXT PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision >= 0)
) STRICT;

CREATE TABLE grading_column (
    entry TEXT NOT NULL REFERENCES grading_book (entry),
    column_name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('L1', 'L2', 'L3', 'L4', 'important', 'core')),
    rules TEXT NOT NULL,
    reason TEXT,
    decided_by TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (entry, column_name)
) STRICT;

CREATE TABLE grading_history (
    entry TEXT NOT NULL REFERENCES grading_book (entry),
    revision INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    before_level TEXT,
    level TEXT NOT NULL,
    reason TEXT,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (entry, revision, column_name)
) STRICT;

CREATE TABLE grading_suggestion (
    entry TEXT NOT NULL REFERENCES grading_book (entry),
    place INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    level TEXT NOT NULL,
    certainty INTEGER NOT NULL,
    body TEXT NOT NULL,
    suggested_at INTEGER NOT NULL,
    PRIMARY KEY (entry, column_name)
) STRICT;

CREATE TABLE hand_over (
    id TEXT NOT NULL PRIMARY KEY,
    release_id TEXT NOT NULL REFERENCES release (id),
    grant_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    recipient TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    medium TEXT NOT NULL,
    is_sealed INTEGER NOT NULL,
    volumes TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    leaf TEXT NOT NULL
) STRICT;

CREATE INDEX hand_over_of_release ON hand_over (release_id, id);

CREATE TABLE hook (
    id TEXT NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL,
    owner TEXT NOT NULL,
    source TEXT NOT NULL,
    mapping TEXT NOT NULL,
    key_columns TEXT NOT NULL,
    state TEXT NOT NULL,
    current_version TEXT,
    revision INTEGER NOT NULL,
    credential BLOB,
    defined_by TEXT NOT NULL,
    defined_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX hook_of_entry ON hook (entry) WHERE state <> 'retired';

CREATE TABLE joint_test (
    id TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    plan_digest TEXT NOT NULL,
    delivery TEXT NOT NULL,
    seed INTEGER NOT NULL,
    rows_made INTEGER NOT NULL CHECK (rows_made > 0),
    rows_out INTEGER NOT NULL CHECK (rows_out >= 0 AND rows_out <= rows_made),
    bytes INTEGER,
    sha256 TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    leaf TEXT NOT NULL
) STRICT;

CREATE INDEX joint_test_of_grant ON joint_test (grant_id, id);

CREATE TABLE joint_test_fault (
    id TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL,
    joint_test TEXT REFERENCES joint_test (id),
    told TEXT NOT NULL,
    told_by TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    answer TEXT,
    answered_by TEXT,
    answered_at INTEGER,
    CHECK ((answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL))
) STRICT;

CREATE INDEX joint_test_fault_of_grant ON joint_test_fault (grant_id, id);

CREATE TABLE joint_test_push (
    id TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL,
    target TEXT NOT NULL REFERENCES push_target (id),
    place TEXT NOT NULL,
    location TEXT NOT NULL,
    own_table TEXT NOT NULL,
    manner TEXT NOT NULL,
    key_columns TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    table_state TEXT NOT NULL CHECK (table_state IN ('none', 'there', 'passed-on', 'clearing', 'dropped', 'left')),
    seed INTEGER NOT NULL,
    rows_made INTEGER NOT NULL,
    rows_before INTEGER,
    rows_out INTEGER,
    rows_after INTEGER,
    content_digest TEXT,
    columns TEXT,
    problem TEXT,
    tries INTEGER NOT NULL,
    runner TEXT NOT NULL,
    runner_until INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    drop_at INTEGER NOT NULL,
    dropped_at INTEGER,
    CHECK ((state = 'done') = (content_digest IS NOT NULL))
) STRICT;

CREATE INDEX joint_test_push_due ON joint_test_push (table_state, runner_until);

CREATE INDEX joint_test_push_of_grant ON joint_test_push (grant_id, id);

CREATE UNIQUE INDEX joint_test_push_running ON joint_test_push (location) WHERE state = 'running';

CREATE UNIQUE INDEX joint_test_push_there ON joint_test_push (location) WHERE table_state = 'there';

CREATE TABLE joint_test_word (
    leaf TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('recipient', 'provider')),
    verdict TEXT NOT NULL CHECK (verdict IN ('passed', 'waived')),
    note TEXT NOT NULL,
    said_by TEXT NOT NULL,
    said_at INTEGER NOT NULL,
    undone_at INTEGER,
    CHECK (verdict = 'passed' OR side = 'recipient')
) STRICT;

CREATE UNIQUE INDEX joint_test_word_in_force ON joint_test_word (grant_id, side) WHERE undone_at IS NULL;

CREATE TABLE letter (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    state TEXT NOT NULL CHECK (state IN ('registered', 'numbered', 'sealed', 'voided')),
    series_id TEXT REFERENCES letter_series (id),
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial >= 1),
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    counterpart TEXT NOT NULL,
    mark TEXT NOT NULL,
    body TEXT NOT NULL,
    dated TEXT NOT NULL,
    received_on TEXT,
    case_id TEXT REFERENCES governed_case (id),
    case_words TEXT NOT NULL,
    copies TEXT NOT NULL,
    search_text TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    request_key TEXT,
    voided_because TEXT,
    voided_by TEXT,
    voided_at INTEGER,
    UNIQUE (series_id, year, serial),
    UNIQUE (made_by, request_key),
    CHECK ((direction = 'out') = (series_id IS NOT NULL)),
    CHECK ((direction = 'in') = (received_on IS NOT NULL)),
    CHECK (direction = 'out' OR state IN ('registered', 'voided')),
    CHECK (direction = 'in' OR state <> 'registered'),
    CHECK ((state = 'voided') = (voided_because IS NOT NULL))
) STRICT;

CREATE INDEX letter_by_case ON letter (case_id, id);

CREATE INDEX letter_by_number ON letter (owner, number);

CREATE INDEX letter_by_owner ON letter (owner, id);

CREATE UNIQUE INDEX letter_by_receipt ON letter (owner, year, serial) WHERE direction = 'in';

CREATE TABLE letter_counter (
    register TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last >= 0),
    PRIMARY KEY (register, year)
) STRICT;

CREATE TABLE letter_file (
    id TEXT NOT NULL PRIMARY KEY,
    letter_id TEXT NOT NULL REFERENCES letter (id),
    kind TEXT NOT NULL CHECK (kind IN ('sealed', 'attachment')),
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    digest TEXT NOT NULL,
    is_scanned INTEGER NOT NULL,
    added_by TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    leaf_id TEXT NOT NULL
) STRICT;

CREATE INDEX letter_file_by_digest ON letter_file (digest, id);

CREATE INDEX letter_file_by_letter ON letter_file (letter_id, id);

CREATE TABLE letter_series (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX letter_series_by_owner ON letter_series (owner, id);

CREATE TABLE letter_template (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    digest TEXT NOT NULL,
    placeholders TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX letter_template_by_owner ON letter_template (owner, id);

CREATE TABLE migration (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE name_list (
    id TEXT NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL,
    account TEXT NOT NULL,
    post TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'authorised', 'settled', 'failed', 'unknown')),
    idempotency_key TEXT,
    file TEXT NOT NULL,
    reading TEXT NOT NULL,
    sheets TEXT NOT NULL,
    choice TEXT,
    findings TEXT,
    attachments TEXT NOT NULL,
    rows_done INTEGER NOT NULL,
    cancel_asked INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    authorised_at INTEGER,
    lease_until INTEGER,
    settled_at INTEGER,
    result_bytes INTEGER,
    result_sha256 TEXT,
    problem TEXT,
    authorised_leaf TEXT,
    settled_leaf TEXT,
    receipt TEXT,
    UNIQUE (account, idempotency_key)
) STRICT;

CREATE INDEX name_list_recipient ON name_list (recipient, id);

CREATE INDEX name_list_state ON name_list (state, made_at);

CREATE TABLE name_list_hold (
    grant_id TEXT NOT NULL,
    list TEXT NOT NULL REFERENCES name_list (id),
    since INTEGER NOT NULL,
    keys_asked INTEGER NOT NULL,
    unmatched INTEGER NOT NULL,
    lifted_at INTEGER,
    lifted_by TEXT,
    reason TEXT,
    is_expected INTEGER NOT NULL,
    PRIMARY KEY (grant_id, list)
) STRICT;

CREATE INDEX name_list_hold_open ON name_list_hold (grant_id, lifted_at);

CREATE TABLE name_list_part (
    release_id TEXT NOT NULL PRIMARY KEY,
    list TEXT NOT NULL REFERENCES name_list (id),
    position INTEGER NOT NULL,
    grant_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    entry TEXT NOT NULL,
    provider TEXT NOT NULL,
    recipient TEXT NOT NULL,
    post TEXT,
    account TEXT NOT NULL,
    key_column TEXT NOT NULL,
    version TEXT NOT NULL,
    version_number INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    day TEXT NOT NULL,
    keys_asked INTEGER NOT NULL CHECK (keys_asked >= 0),
    matched INTEGER,
    ambiguous INTEGER,
    unmatched INTEGER,
    settled_at INTEGER,
    UNIQUE (list, position)
) STRICT;

CREATE INDEX name_list_part_account ON name_list_part (account, day);

CREATE INDEX name_list_part_grant ON name_list_part (grant_id, day);

CREATE INDEX name_list_part_settled ON name_list_part (grant_id, settled_at);

CREATE TABLE paper_approval (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    kind TEXT NOT NULL,
    case_state TEXT NOT NULL,
    step INTEGER NOT NULL,
    place INTEGER NOT NULL,
    party_id TEXT NOT NULL,
    role TEXT NOT NULL,
    holder_post TEXT,
    position TEXT NOT NULL,
    signer TEXT NOT NULL,
    signer_post TEXT NOT NULL,
    is_deputy INTEGER NOT NULL CHECK (is_deputy IN (0, 1)),
    act TEXT NOT NULL,
    comment TEXT,
    legal_basis TEXT,
    signed_on TEXT NOT NULL,
    is_judged_by_signed INTEGER NOT NULL CHECK (is_judged_by_signed IN (0, 1)),
    reason TEXT NOT NULL,
    scan_id TEXT NOT NULL UNIQUE REFERENCES paper_scan (id),
    entered_by TEXT NOT NULL CHECK (entered_by <> signer),
    entered_post TEXT,
    entered_at INTEGER NOT NULL,
    counted_revision INTEGER,
    due_on TEXT NOT NULL,
    next_on TEXT NOT NULL,
    level INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'compared', 'confirmed', 'objected', 'lapsed')),
    compared_by TEXT CHECK (compared_by <> entered_by),
    compared_post TEXT,
    compared_at INTEGER,
    closed_by TEXT CHECK (closed_by <> entered_by),
    closed_post TEXT,
    closed_at INTEGER,
    closing_words TEXT,
    CHECK ((compared_by IS NULL) = (compared_at IS NULL)),
    CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
    UNIQUE (case_id, counted_revision)
) STRICT;

CREATE INDEX paper_approval_by_case ON paper_approval (case_id, id);

CREATE INDEX paper_approval_by_day ON paper_approval (state, next_on, id);

CREATE INDEX paper_approval_by_signer ON paper_approval (signer, state, due_on);

CREATE INDEX paper_approval_by_unit ON paper_approval (party_id, state, due_on);

CREATE UNIQUE INDEX paper_approval_waiting ON paper_approval (case_id, step, place) WHERE state = 'waiting' AND counted_revision IS NULL;

CREATE TABLE paper_scan (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES governed_case (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    sha256 TEXT NOT NULL,
    is_scanned INTEGER NOT NULL CHECK (is_scanned IN (0, 1)),
    brought_by TEXT NOT NULL,
    brought_at INTEGER NOT NULL
) STRICT;

CREATE INDEX paper_scan_by_age ON paper_scan (brought_at, id);

CREATE INDEX paper_scan_by_case ON paper_scan (case_id, id);

CREATE TABLE party (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    uscc TEXT UNIQUE,
    division TEXT,
    parent TEXT REFERENCES party (id),
    founded TEXT,
    dissolved TEXT,
    created INTEGER NOT NULL,
    CHECK (dissolved IS NULL OR founded IS NULL OR founded <= dissolved)
) STRICT;

CREATE INDEX party_parent ON party (parent);

CREATE TABLE party_lineage (
    heir TEXT NOT NULL REFERENCES party (id),
    forebear TEXT NOT NULL REFERENCES party (id),
    PRIMARY KEY (heir, forebear)
) STRICT;

CREATE INDEX party_lineage_forebear ON party_lineage (forebear, heir);

CREATE TABLE party_member (
    party_group TEXT NOT NULL REFERENCES party (id),
    member TEXT NOT NULL REFERENCES party (id),
    PRIMARY KEY (party_group, member)
) STRICT;

CREATE TABLE party_name (
    party TEXT NOT NULL REFERENCES party (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    match_key TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    PRIMARY KEY (party, kind, name, valid_from),
    CHECK (valid_to IS NULL OR valid_from <= valid_to)
) STRICT;

CREATE INDEX party_name_match ON party_name (match_key);

CREATE UNIQUE INDEX party_name_official ON party_name (match_key) WHERE kind = 'official' AND valid_to IS NULL;

CREATE TABLE party_succession (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename')),
    predecessors TEXT NOT NULL,
    successors TEXT NOT NULL,
    date TEXT NOT NULL,
    document TEXT NOT NULL,
    new_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'planned', 'done', 'withdrawn')),
    revision INTEGER NOT NULL CHECK (revision > 0),
    problem TEXT,
    made_by TEXT,
    made_at INTEGER NOT NULL,
    confirmed_by TEXT,
    confirmed_post TEXT,
    ended_at INTEGER,
    lines TEXT,
    lines_digest TEXT,
    CHECK ((state = 'done') = (lines_digest IS NOT NULL)),
    CHECK ((state IN ('done', 'withdrawn')) = (ended_at IS NOT NULL))
) STRICT;

CREATE INDEX party_succession_due ON party_succession (state, date);

CREATE TABLE party_succession_choice (
    succession TEXT NOT NULL REFERENCES party_succession (id),
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    heir TEXT NOT NULL REFERENCES party (id),
    PRIMARY KEY (succession, kind, item)
) STRICT;

CREATE TABLE party_successor (
    predecessor TEXT NOT NULL REFERENCES party (id),
    successor TEXT NOT NULL REFERENCES party (id),
    kind TEXT NOT NULL,
    date TEXT NOT NULL,
    PRIMARY KEY (predecessor, successor),
    CHECK (predecessor <> successor)
) STRICT;

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE policy_change_counter (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL
) STRICT;

CREATE TABLE policy_grant (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision > 0),
    entry TEXT NOT NULL,
    provider TEXT NOT NULL,
    consumer TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('sharing-request', 'open-licence')),
    origin_case TEXT,
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'revoked', 'expired')),
    clauses TEXT NOT NULL,
    plan_digest TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    total_quota INTEGER CHECK (total_quota > 0),
    daily_quota INTEGER CHECK (daily_quota > 0),
    signed_at INTEGER NOT NULL,
    signed_by TEXT NOT NULL,
    calls_per_minute INTEGER CHECK (calls_per_minute > 0),
    calls_per_day INTEGER CHECK (calls_per_day > 0),
    rows_per_minute INTEGER CHECK (rows_per_minute > 0),
    nature TEXT NOT NULL DEFAULT 'ordinary' CHECK (nature IN ('ordinary', 'emergency', 'transitional')),
    ends_at INTEGER,
    joint_test TEXT CHECK (joint_test IN ('required', 'done')),
    announced_end TEXT,
    CHECK (valid_from <= valid_to),
    CHECK ((origin = 'open-licence') = (consumer IS NULL)),
    CHECK ((origin = 'sharing-request') = (origin_case IS NOT NULL))
) STRICT;

CREATE INDEX policy_grant_consumer ON policy_grant (consumer, id);

CREATE INDEX policy_grant_ending ON policy_grant (state, valid_to);

CREATE INDEX policy_grant_entry ON policy_grant (entry, id);

CREATE INDEX policy_grant_provider ON policy_grant (provider, id);

CREATE UNIQUE INDEX policy_grant_unconfirmed ON policy_grant (entry, consumer) WHERE ends_at IS NOT NULL AND state IN ('active', 'suspended');

CREATE TABLE policy_grant_change (
    number INTEGER NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES policy_grant (id),
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (grant_id, revision)
) STRICT;

CREATE TABLE policy_key_try (
    grant_id TEXT NOT NULL REFERENCES policy_grant (id),
    day TEXT NOT NULL,
    key_name TEXT NOT NULL,
    tries INTEGER NOT NULL CHECK (tries > 0),
    PRIMARY KEY (grant_id, day, key_name)
) STRICT;

CREATE INDEX policy_key_try_day ON policy_key_try (day);

CREATE TABLE policy_quota_use (
    grant_id TEXT NOT NULL REFERENCES policy_grant (id),
    day TEXT NOT NULL,
    used INTEGER NOT NULL CHECK (used >= 0),
    PRIMARY KEY (grant_id, day)
) STRICT;

CREATE TABLE policy_rate_use (
    grant_id TEXT NOT NULL REFERENCES policy_grant (id),
    span TEXT NOT NULL CHECK (span IN ('minute', 'day')),
    number INTEGER NOT NULL,
    calls INTEGER NOT NULL CHECK (calls >= 0),
    rows INTEGER NOT NULL CHECK (rows >= 0),
    refused INTEGER NOT NULL CHECK (refused >= 0),
    PRIMARY KEY (grant_id, span)
) STRICT;

CREATE TABLE policy_reservation (
    release_id TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES policy_grant (id),
    revision INTEGER NOT NULL,
    day TEXT NOT NULL,
    rows_reserved INTEGER NOT NULL CHECK (rows_reserved >= 0),
    rows_settled INTEGER CHECK (rows_settled >= 0 AND rows_settled <= rows_reserved),
    state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'unknown')),
    reserved_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    settled_at INTEGER
) STRICT;

CREATE INDEX policy_reservation_grant ON policy_reservation (grant_id, reserved_at);

CREATE INDEX policy_reservation_lease ON policy_reservation (state, lease_until);

CREATE TABLE post (
    id TEXT PRIMARY KEY,
    party TEXT NOT NULL REFERENCES party (id),
    title TEXT NOT NULL,
    abolished TEXT,
    created INTEGER NOT NULL,
    scope TEXT REFERENCES party (id),
    UNIQUE (party, title)
) STRICT;

CREATE INDEX post_scope ON post (scope);

CREATE TABLE post_deputy (
    id TEXT PRIMARY KEY,
    post TEXT NOT NULL REFERENCES post (id),
    person TEXT NOT NULL REFERENCES person (id),
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_by TEXT,
    set_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK (starts <= ends)
) STRICT;

CREATE INDEX post_deputy_person ON post_deputy (person);

CREATE INDEX post_deputy_post ON post_deputy (post, starts);

CREATE TABLE post_hand_over (
    id TEXT PRIMARY KEY,
    post TEXT NOT NULL REFERENCES post (id),
    leaver TEXT NOT NULL REFERENCES person (id),
    successor TEXT NOT NULL REFERENCES person (id),
    witness TEXT NOT NULL REFERENCES person (id),
    day TEXT NOT NULL,
    remark TEXT NOT NULL,
    items TEXT NOT NULL,
    items_digest TEXT NOT NULL,
    made_by TEXT,
    made_at INTEGER NOT NULL
) STRICT;

CREATE INDEX post_hand_over_post ON post_hand_over (post, made_at);

CREATE TABLE post_role (
    post TEXT NOT NULL REFERENCES post (id),
    role TEXT NOT NULL,
    PRIMARY KEY (post, role)
) STRICT;

CREATE TABLE post_term (
    post TEXT NOT NULL REFERENCES post (id),
    person TEXT NOT NULL REFERENCES person (id),
    starts TEXT NOT NULL,
    ends TEXT,
    PRIMARY KEY (post, person, starts),
    CHECK (ends IS NULL OR starts <= ends)
) STRICT;

CREATE INDEX post_term_person ON post_term (person);

CREATE TABLE provider_flow_used (
    digest BLOB PRIMARY KEY,
    ends INTEGER NOT NULL
) STRICT;

CREATE TABLE publication (
    id TEXT NOT NULL PRIMARY KEY,
    hook TEXT NOT NULL REFERENCES hook (id),
    entry TEXT NOT NULL,
    owner TEXT NOT NULL,
    outcome TEXT NOT NULL,
    stage TEXT,
    version TEXT,
    problem TEXT,
    rows_read INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL,
    permille INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    lease_until INTEGER NOT NULL,
    cancel_asked INTEGER NOT NULL,
    started_by TEXT NOT NULL
) STRICT;

CREATE INDEX publication_of_hook ON publication (hook, started_at);

CREATE UNIQUE INDEX publication_running ON publication (hook) WHERE outcome = 'running';

CREATE TABLE push (
    id TEXT NOT NULL PRIMARY KEY REFERENCES release (id),
    target TEXT NOT NULL REFERENCES push_target (id),
    place TEXT NOT NULL,
    manner TEXT NOT NULL,
    key_columns TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('authorised', 'settled', 'failed', 'unknown')),
    stage TEXT NOT NULL CHECK (stage IN ('staging', 'finishing', 'waiting', 'clearing', 'over')),
    rows_done INTEGER NOT NULL CHECK (rows_done >= 0),
    tries INTEGER NOT NULL,
    runner TEXT NOT NULL,
    runner_until INTEGER NOT NULL,
    cancel_asked INTEGER NOT NULL,
    problem TEXT,
    content_digest TEXT,
    account TEXT NOT NULL,
    idempotency_key TEXT,
    UNIQUE (account, idempotency_key)
) STRICT;

CREATE UNIQUE INDEX push_running ON push (target) WHERE state = 'authorised';

CREATE INDEX push_stage ON push (stage, runner_until);

CREATE TABLE push_target (
    id TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL,
    label TEXT NOT NULL,
    place TEXT NOT NULL,
    manner TEXT NOT NULL CHECK (manner IN ('replace', 'upsert')),
    key_columns TEXT NOT NULL,
    credential BLOB,
    account TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    removed_at INTEGER,
    revision INTEGER NOT NULL
) STRICT;

CREATE INDEX push_target_unit ON push_target (unit, id);

CREATE TABLE quality_report (
    id TEXT PRIMARY KEY,
    entry TEXT NOT NULL,
    version TEXT,
    gate TEXT NOT NULL CHECK (gate IN ('open', 'open-with-warnings', 'blocked')),
    overall_ppm INTEGER,
    row_count INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE INDEX quality_report_by_entry ON quality_report (entry, at);

CREATE UNIQUE INDEX quality_report_by_version ON quality_report (version);

CREATE TABLE quality_reveal (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    account TEXT NOT NULL,
    entry TEXT NOT NULL,
    rule TEXT NOT NULL,
    version TEXT NOT NULL,
    column_name TEXT,
    first_row INTEGER NOT NULL,
    row_count INTEGER NOT NULL CHECK (row_count > 0),
    reason TEXT NOT NULL,
    leaf TEXT NOT NULL
) STRICT;

CREATE INDEX quality_reveal_by_account ON quality_reveal (account, at);

CREATE TABLE quality_rule (
    id TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    entry TEXT NOT NULL,
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    is_retired INTEGER NOT NULL CHECK (is_retired IN (0, 1)),
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (id, revision)
) STRICT;

CREATE INDEX quality_rule_by_entry ON quality_rule (entry, is_current, is_retired, id);

CREATE TABLE recovery_code (
    account TEXT NOT NULL REFERENCES account (id),
    digest BLOB NOT NULL,
    used INTEGER,
    PRIMARY KEY (account, digest)
) STRICT;

CREATE TABLE refused_upload (
    id TEXT NOT NULL PRIMARY KEY,
    door TEXT NOT NULL,
    digest TEXT NOT NULL,
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    mark TEXT NOT NULL,
    place TEXT NOT NULL,
    party_id TEXT,
    account_id TEXT,
    at INTEGER NOT NULL,
    released_by TEXT,
    released_at INTEGER,
    released_until INTEGER CHECK (released_until > released_at),
    release_reason TEXT,
    CHECK ((released_by IS NULL) = (released_at IS NULL)),
    CHECK ((released_by IS NULL) = (released_until IS NULL)),
    CHECK ((released_by IS NULL) = (release_reason IS NULL))
) STRICT;

CREATE INDEX refused_upload_at ON refused_upload (at);

CREATE INDEX refused_upload_digest ON refused_upload (digest, door);

CREATE TABLE release (
    id TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    entry TEXT NOT NULL,
    version TEXT NOT NULL,
    version_number INTEGER NOT NULL,
    provider TEXT NOT NULL,
    recipient TEXT NOT NULL,
    delivery TEXT NOT NULL,
    state TEXT NOT NULL,
    rows_reserved INTEGER NOT NULL,
    rows_out INTEGER,
    rows_withheld INTEGER,
    bytes INTEGER,
    sha256 TEXT,
    problem TEXT,
    requested_by TEXT NOT NULL,
    authorised_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    settled_at INTEGER,
    authorised_leaf TEXT NOT NULL,
    settled_leaf TEXT,
    receipt TEXT
) STRICT;

CREATE INDEX release_of_grant ON release (grant_id, id);

CREATE INDEX release_of_provider ON release (provider, id);

CREATE INDEX release_of_recipient ON release (recipient, id);

CREATE INDEX release_state ON release (state, lease_until);

CREATE TABLE release_answering (
    id TEXT PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT;

CREATE TABLE reminder_message (
    id TEXT NOT NULL PRIMARY KEY,
    receiver TEXT NOT NULL,
    cause TEXT NOT NULL,
    topics TEXT NOT NULL,
    counts TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
    made_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    ended_at INTEGER,
    bytes INTEGER,
    problem TEXT
) STRICT;

CREATE INDEX reminder_message_next ON reminder_message (state, next_at);

CREATE INDEX reminder_message_of_receiver ON reminder_message (receiver, id);

CREATE TABLE reminder_receiver (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('mail', 'webhook', 'wecom')),
    account TEXT NOT NULL,
    post TEXT,
    unit TEXT,
    label TEXT NOT NULL,
    host TEXT NOT NULL,
    place BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'active', 'paused', 'refused')),
    occasions TEXT NOT NULL,
    days_before INTEGER NOT NULL,
    manner TEXT NOT NULL,
    language TEXT NOT NULL,
    next_at INTEGER NOT NULL,
    sent_at INTEGER,
    failures INTEGER NOT NULL,
    problem TEXT,
    revision INTEGER NOT NULL,
    code BLOB,
    code_until INTEGER,
    code_tries INTEGER NOT NULL,
    codes_since INTEGER NOT NULL,
    codes_sent INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX reminder_mail_of_account ON reminder_receiver (account) WHERE kind = 'mail';

CREATE INDEX reminder_receiver_next ON reminder_receiver (state, next_at);

CREATE INDEX reminder_receiver_of_unit ON reminder_receiver (unit, id);

CREATE TABLE reminder_told (
    receiver TEXT NOT NULL,
    topic TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (receiver, topic)
) STRICT;

CREATE INDEX reminder_told_at ON reminder_told (at);

CREATE TABLE schedule (
    hook TEXT NOT NULL PRIMARY KEY REFERENCES hook (id),
    entry TEXT NOT NULL,
    owner TEXT NOT NULL,
    timing TEXT NOT NULL,
    retries_max INTEGER NOT NULL,
    alert_after INTEGER NOT NULL,
    late_after INTEGER NOT NULL,
    state TEXT NOT NULL,
    account TEXT NOT NULL,
    post TEXT,
    next_at INTEGER NOT NULL,
    due_at INTEGER,
    attempt TEXT REFERENCES publication (id),
    is_settled INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    retry_at INTEGER,
    succeeded_at INTEGER,
    problem TEXT,
    revision INTEGER NOT NULL
) STRICT;

CREATE INDEX schedule_next ON schedule (next_at);

CREATE TABLE second_factor (
    account TEXT PRIMARY KEY REFERENCES account (id),
    secret BLOB NOT NULL,
    begun INTEGER NOT NULL,
    confirmed INTEGER,
    period_used INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    post TEXT REFERENCES post (id),
    secret_digest BLOB NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    expires INTEGER NOT NULL ,
    confirmed_at INTEGER,
    address TEXT,
    browser TEXT,
    link TEXT,
    is_strong INTEGER NOT NULL DEFAULT 0 CHECK (is_strong IN (0, 1))
) STRICT;

CREATE INDEX session_account ON session (account);

CREATE INDEX session_expires ON session (expires);

CREATE TABLE sharing_application (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES governed_case (id),
    applicant TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;

CREATE INDEX sharing_application_by_applicant ON sharing_application (applicant, case_id);

CREATE TABLE sharing_request (
    case_id TEXT NOT NULL PRIMARY KEY,
    entry_id TEXT NOT NULL,
    applicant TEXT NOT NULL,
    provider TEXT NOT NULL,
    wish TEXT NOT NULL,
    offer TEXT,
    grant_id TEXT,
    replaces TEXT,
    kept TEXT,
    application TEXT,
    application_place INTEGER,
    UNIQUE (grant_id)
) STRICT;

CREATE INDEX sharing_request_by_applicant ON sharing_request (applicant, case_id);

CREATE UNIQUE INDEX sharing_request_by_application ON sharing_request (application, application_place);

CREATE INDEX sharing_request_by_entry ON sharing_request (entry_id, case_id);

CREATE INDEX sharing_request_by_provider ON sharing_request (provider, case_id);

CREATE INDEX sharing_request_replacing ON sharing_request (replaces, case_id);

CREATE TABLE unit_list_line (
    name TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    position INTEGER NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('same', 'renamed', 'merged', 'unknown')),
    becomes TEXT NOT NULL,
    starts TEXT,
    document TEXT NOT NULL,
    comment TEXT NOT NULL,
    source TEXT NOT NULL,
    source_day TEXT,
    changed_by TEXT,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (name, revision)
) STRICT;

CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    uploaded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX upload_of_owner ON upload (owner, uploaded_at);

CREATE TABLE version (
    id TEXT NOT NULL PRIMARY KEY,
    hook TEXT NOT NULL REFERENCES hook (id),
    entry TEXT NOT NULL,
    number INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    rejected_rows INTEGER NOT NULL,
    columns TEXT NOT NULL,
    content_digest TEXT NOT NULL,
    manifest_digest TEXT NOT NULL,
    source_fingerprint TEXT NOT NULL,
    key_columns TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    published_by TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX version_number_of_entry ON version (entry, number);
