CREATE TABLE account (
    id text NOT NULL,
    person text NOT NULL,
    name text NOT NULL,
    match_key text NOT NULL,
    password text NOT NULL,
    last_post text,
    failures bigint NOT NULL DEFAULT 0,
    failing_since bigint,
    locked_until bigint,
    disabled bigint NOT NULL DEFAULT 0,
    created bigint NOT NULL,
    password_set bigint,
    home text,
    CONSTRAINT account_disabled_check CHECK ((disabled = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT account_home_fkey FOREIGN KEY (home) REFERENCES party(id),
    CONSTRAINT account_last_post_fkey FOREIGN KEY (last_post) REFERENCES post(id),
    CONSTRAINT account_person_fkey FOREIGN KEY (person) REFERENCES person(id),
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_match_key_key UNIQUE (match_key)
);

CREATE TABLE account_link (
    id text NOT NULL,
    account text NOT NULL,
    provider text NOT NULL,
    issuer text NOT NULL,
    subject text,
    claim text,
    linked_by text NOT NULL,
    linked_at bigint NOT NULL,
    used bigint,
    CONSTRAINT account_link_check CHECK (((subject IS NOT NULL) OR (claim IS NOT NULL))),
    CONSTRAINT account_link_account_fkey FOREIGN KEY (account) REFERENCES account(id),
    CONSTRAINT account_link_pkey PRIMARY KEY (id),
    CONSTRAINT account_link_account_issuer_key UNIQUE (account, issuer),
    CONSTRAINT account_link_issuer_claim_key UNIQUE (issuer, claim),
    CONSTRAINT account_link_issuer_subject_key UNIQUE (issuer, subject)
);

CREATE TABLE account_password (
    account text NOT NULL,
    retired bigint NOT NULL,
    password text NOT NULL,
    CONSTRAINT account_password_account_fkey FOREIGN KEY (account) REFERENCES account(id),
    CONSTRAINT account_password_pkey PRIMARY KEY (account, retired)
);

CREATE TABLE api_token (
    id text NOT NULL,
    account text NOT NULL,
    post text NOT NULL,
    label text NOT NULL,
    secret_digest bytea NOT NULL,
    scopes text NOT NULL,
    created bigint NOT NULL,
    expires bigint NOT NULL,
    revoked bigint,
    used bigint,
    CONSTRAINT api_token_account_fkey FOREIGN KEY (account) REFERENCES account(id),
    CONSTRAINT api_token_post_fkey FOREIGN KEY (post) REFERENCES post(id),
    CONSTRAINT api_token_pkey PRIMARY KEY (id),
    CONSTRAINT api_token_secret_digest_key UNIQUE (secret_digest)
);

CREATE INDEX api_token_account ON api_token USING btree (account);

CREATE TABLE application_list (
    id text NOT NULL,
    file_name text NOT NULL,
    party text NOT NULL,
    brought_by text NOT NULL,
    brought_at bigint NOT NULL,
    state text NOT NULL,
    sheet text,
    contents text NOT NULL,
    refused text NOT NULL,
    applications text NOT NULL,
    CONSTRAINT application_list_check CHECK (((state = 'open'::text) = (sheet IS NOT NULL))),
    CONSTRAINT application_list_state_check CHECK ((state = ANY (ARRAY['open'::text, 'drafted'::text, 'dropped'::text]))),
    CONSTRAINT application_list_pkey PRIMARY KEY (id)
);

CREATE INDEX application_list_by_party ON application_list USING btree (party, id);

CREATE TABLE approval_chain (
    name text NOT NULL,
    party_id text NOT NULL,
    steps text NOT NULL,
    set_by text NOT NULL,
    set_at bigint NOT NULL,
    variants text NOT NULL DEFAULT '[]'::text,
    revision bigint NOT NULL DEFAULT 1,
    CONSTRAINT approval_chain_pkey PRIMARY KEY (name, party_id)
);

CREATE TABLE calendar_move (
    revision bigint NOT NULL,
    case_id text NOT NULL,
    position bigint NOT NULL,
    name text NOT NULL,
    due_before text,
    due_after text,
    moved_at bigint NOT NULL,
    CONSTRAINT calendar_move_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT calendar_move_revision_fkey FOREIGN KEY (revision) REFERENCES calendar_publication(revision),
    CONSTRAINT calendar_move_pkey PRIMARY KEY (revision, case_id, "position")
);

CREATE TABLE calendar_publication (
    revision bigint NOT NULL,
    kind text NOT NULL,
    year bigint,
    days text,
    closed_from text,
    closed_to text,
    document text,
    reason text,
    withdraws bigint,
    published_by text NOT NULL,
    published_at bigint NOT NULL,
    CONSTRAINT calendar_publication_check CHECK (((kind <> 'year'::text) OR ((year IS NOT NULL) AND (days IS NOT NULL) AND (document IS NOT NULL)))),
    CONSTRAINT calendar_publication_check1 CHECK (((kind <> 'closure'::text) OR ((closed_from <= closed_to) AND (document IS NOT NULL) AND (reason IS NOT NULL)))),
    CONSTRAINT calendar_publication_check2 CHECK (((kind = 'withdrawal'::text) = (withdraws IS NOT NULL))),
    CONSTRAINT calendar_publication_kind_check CHECK ((kind = ANY (ARRAY['year'::text, 'closure'::text, 'withdrawal'::text]))),
    CONSTRAINT calendar_publication_revision_check CHECK ((revision >= 1)),
    CONSTRAINT calendar_publication_withdraws_fkey FOREIGN KEY (withdraws) REFERENCES calendar_publication(revision),
    CONSTRAINT calendar_publication_pkey PRIMARY KEY (revision),
    CONSTRAINT calendar_publication_withdraws_key UNIQUE (withdraws)
);

CREATE TABLE case_clock (
    case_id text NOT NULL,
    position bigint NOT NULL,
    name text NOT NULL,
    is_open bigint NOT NULL,
    due_on text,
    is_provisional bigint NOT NULL,
    body text NOT NULL,
    calendar_revision bigint NOT NULL DEFAULT 0,
    CONSTRAINT case_clock_is_open_check CHECK ((is_open = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT case_clock_is_provisional_check CHECK ((is_provisional = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT case_clock_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT case_clock_pkey PRIMARY KEY (case_id, "position")
);

CREATE INDEX case_clock_by_calendar ON case_clock USING btree (is_open, calendar_revision, case_id);

CREATE INDEX case_clock_by_due ON case_clock USING btree (is_open, due_on, case_id, "position");

CREATE INDEX case_clock_provisional ON case_clock USING btree (is_open, due_on) WHERE (is_provisional = 1);

CREATE TABLE case_event (
    case_id text NOT NULL,
    revision bigint NOT NULL,
    act text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    at bigint NOT NULL,
    account_id text,
    party_id text,
    post_id text,
    comment text,
    legal_basis text,
    content text NOT NULL,
    passed_over text NOT NULL,
    is_deputy bigint NOT NULL DEFAULT 0,
    paper text,
    CONSTRAINT case_event_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT case_event_pkey PRIMARY KEY (case_id, revision)
);

CREATE TABLE case_excluded (
    case_id text NOT NULL,
    account_id text NOT NULL,
    CONSTRAINT case_excluded_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT case_excluded_pkey PRIMARY KEY (case_id, account_id)
);

CREATE TABLE case_feed (
    account_id text NOT NULL,
    post_id text NOT NULL,
    tray text NOT NULL,
    secret_digest bytea NOT NULL,
    made_at bigint NOT NULL,
    CONSTRAINT case_feed_tray_check CHECK ((tray = ANY (ARRAY['mine'::text, 'unit'::text]))),
    CONSTRAINT case_feed_pkey PRIMARY KEY (account_id),
    CONSTRAINT case_feed_secret_digest_key UNIQUE (secret_digest)
);

CREATE TABLE case_holder (
    case_id text NOT NULL,
    party_id text NOT NULL,
    role text NOT NULL,
    post_id text NOT NULL,
    seats text NOT NULL DEFAULT ''::text,
    state text NOT NULL DEFAULT ''::text,
    due_key text NOT NULL DEFAULT '9999-12-31'::text,
    changed_at bigint NOT NULL DEFAULT 0,
    since bigint NOT NULL DEFAULT 0,
    CONSTRAINT case_holder_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT case_holder_pkey PRIMARY KEY (case_id, party_id, role, post_id)
);

CREATE INDEX case_holder_by_change ON case_holder USING btree (party_id, role, post_id, changed_at, case_id, seats, state);

CREATE INDEX case_holder_by_due ON case_holder USING btree (party_id, role, post_id, due_key, case_id, seats, state);

CREATE TABLE case_key (
    account_id text NOT NULL,
    key text NOT NULL,
    case_id text NOT NULL,
    act text NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT case_key_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT case_key_pkey PRIMARY KEY (account_id, key)
);

CREATE TABLE case_notice (
    id text NOT NULL,
    case_id text NOT NULL,
    party_id text NOT NULL,
    role text NOT NULL,
    occasion text NOT NULL,
    message text NOT NULL,
    at bigint NOT NULL,
    seen_at bigint,
    seen_by text,
    CONSTRAINT case_notice_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT case_notice_pkey PRIMARY KEY (id),
    CONSTRAINT case_notice_case_id_party_id_role_occasion_key UNIQUE (case_id, party_id, role, occasion)
);

CREATE INDEX case_notice_by_party ON case_notice USING btree (party_id, role, seen_at, at);

CREATE TABLE case_part (
    case_id text NOT NULL,
    party_id text NOT NULL,
    seats text NOT NULL,
    stage text NOT NULL,
    state text NOT NULL,
    due_key text NOT NULL,
    changed_at bigint NOT NULL,
    CONSTRAINT case_part_stage_check CHECK ((stage = ANY (ARRAY['own'::text, 'other'::text, 'none'::text, 'over'::text]))),
    CONSTRAINT case_part_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT case_part_pkey PRIMARY KEY (case_id, party_id)
);

CREATE INDEX case_part_by_change ON case_part USING btree (party_id, stage, changed_at, case_id, seats, state);

CREATE INDEX case_part_by_due ON case_part USING btree (party_id, stage, due_key, case_id, seats, state);

CREATE INDEX case_part_by_state ON case_part USING btree (party_id, stage, state, due_key, case_id, seats);

CREATE TABLE case_seat (
    case_id text NOT NULL,
    seat text NOT NULL,
    party_id text NOT NULL,
    CONSTRAINT case_seat_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT case_seat_pkey PRIMARY KEY (case_id, seat)
);

CREATE INDEX case_seat_by_party ON case_seat USING btree (party_id, case_id);

CREATE TABLE case_title (
    title text NOT NULL,
    CONSTRAINT case_title_pkey PRIMARY KEY (title)
);

CREATE TABLE case_watch (
    account_id text NOT NULL,
    case_id text NOT NULL,
    watched_at bigint NOT NULL,
    seen_revision bigint NOT NULL,
    seen_state text NOT NULL,
    CONSTRAINT case_watch_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT case_watch_pkey PRIMARY KEY (account_id, case_id)
);

CREATE TABLE catalogue_entry (
    number bigint NOT NULL GENERATED AS IDENTITY,
    id text NOT NULL,
    owner text NOT NULL,
    state text NOT NULL,
    revision bigint NOT NULL,
    created_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    standing_card text,
    standing_at bigint,
    withdrawal_reason text,
    proposal_card text,
    proposal_stage text,
    proposers text,
    return_reason text,
    title text NOT NULL,
    resource_code text,
    category text NOT NULL,
    provider text NOT NULL,
    abstract text NOT NULL,
    item_count bigint NOT NULL,
    share_type text,
    open_type text,
    update_cycle text,
    publish_date text,
    grade text,
    is_published bigint NOT NULL,
    is_open bigint NOT NULL,
    listed_at bigint NOT NULL,
    search_text text NOT NULL,
    CONSTRAINT catalogue_entry_check CHECK (((proposal_card IS NULL) = (proposal_stage IS NULL))),
    CONSTRAINT catalogue_entry_check1 CHECK (((standing_card IS NULL) = (standing_at IS NULL))),
    CONSTRAINT catalogue_entry_check2 CHECK (((state = ANY (ARRAY['published'::text, 'withdrawn'::text])) = (standing_card IS NOT NULL))),
    CONSTRAINT catalogue_entry_check3 CHECK (((standing_card IS NOT NULL) OR (proposal_card IS NOT NULL))),
    CONSTRAINT catalogue_entry_is_open_check CHECK ((is_open = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT catalogue_entry_is_published_check CHECK ((is_published = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT catalogue_entry_proposal_stage_check CHECK ((proposal_stage = ANY (ARRAY['draft'::text, 'in-review'::text]))),
    CONSTRAINT catalogue_entry_revision_check CHECK ((revision > 0)),
    CONSTRAINT catalogue_entry_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'in-review'::text, 'published'::text, 'withdrawn'::text]))),
    CONSTRAINT catalogue_entry_pkey PRIMARY KEY (number),
    CONSTRAINT catalogue_entry_id_key UNIQUE (id)
);

CREATE INDEX catalogue_entry_by_owner ON catalogue_entry USING btree (owner, state, title, number);

CREATE INDEX catalogue_entry_by_stage ON catalogue_entry USING btree (proposal_stage, state, title, number);

CREATE INDEX catalogue_entry_by_state ON catalogue_entry USING btree (state, title, number);

CREATE UNIQUE INDEX catalogue_entry_by_code ON catalogue_entry USING btree (resource_code);

CREATE TABLE catalogue_history (
    entry text NOT NULL,
    revision bigint NOT NULL,
    act text NOT NULL,
    actor text NOT NULL,
    at bigint NOT NULL,
    reason text,
    changes text NOT NULL,
    CONSTRAINT catalogue_history_entry_fkey FOREIGN KEY (entry) REFERENCES catalogue_entry(id),
    CONSTRAINT catalogue_history_pkey PRIMARY KEY (entry, revision)
);

CREATE TABLE catalogue_posting (
    term text NOT NULL,
    entry bigint NOT NULL,
    weight bigint NOT NULL,
    CONSTRAINT catalogue_posting_entry_fkey FOREIGN KEY (entry) REFERENCES catalogue_entry(number),
    CONSTRAINT catalogue_posting_pkey PRIMARY KEY (term, entry)
);

CREATE INDEX catalogue_posting_by_entry ON catalogue_posting USING btree (entry);

CREATE TABLE delivery (
    id text NOT NULL,
    grant_id text NOT NULL,
    entry text NOT NULL,
    provider text NOT NULL,
    recipient text NOT NULL,
    format text NOT NULL,
    target text,
    timing text,
    skips_unchanged bigint NOT NULL,
    state text NOT NULL,
    account text NOT NULL,
    post text,
    next_at bigint NOT NULL,
    due_at bigint,
    run text,
    is_settled bigint NOT NULL,
    failures bigint NOT NULL,
    retry_at bigint,
    succeeded_at bigint,
    last_version text,
    last_revision bigint,
    problem text,
    revision bigint NOT NULL,
    CONSTRAINT delivery_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'ended'::text]))),
    CONSTRAINT delivery_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES policy_grant(id),
    CONSTRAINT delivery_target_fkey FOREIGN KEY (target) REFERENCES push_target(id),
    CONSTRAINT delivery_pkey PRIMARY KEY (id)
);

CREATE INDEX delivery_next ON delivery USING btree (state, next_at);

CREATE INDEX delivery_of_grant ON delivery USING btree (grant_id, id);

CREATE TABLE delivery_run (
    id text NOT NULL,
    delivery text NOT NULL,
    format text NOT NULL,
    account text NOT NULL,
    due_at bigint NOT NULL,
    started_at bigint NOT NULL,
    lease_until bigint NOT NULL,
    ended_at bigint,
    outcome text NOT NULL,
    release_id text,
    problem text,
    CONSTRAINT delivery_run_pkey PRIMARY KEY (id)
);

CREATE INDEX delivery_run_of_delivery ON delivery_run USING btree (delivery, id);

CREATE INDEX delivery_run_under_way ON delivery_run USING btree (outcome, lease_until);

CREATE TABLE drop_table (
    hook text NOT NULL,
    entry text NOT NULL,
    owner text NOT NULL,
    place text NOT NULL,
    credential bytea,
    manner text NOT NULL,
    account text NOT NULL,
    post text,
    problem text,
    lease_until bigint NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT drop_table_hook_fkey FOREIGN KEY (hook) REFERENCES hook(id),
    CONSTRAINT drop_table_pkey PRIMARY KEY (hook)
);

CREATE TABLE evidence_chain (
    position bigint NOT NULL,
    leaf text NOT NULL,
    at bigint NOT NULL,
    type text NOT NULL,
    actor text NOT NULL,
    chain bytea NOT NULL,
    CONSTRAINT evidence_chain_pkey PRIMARY KEY ("position")
);

CREATE INDEX evidence_chain_actor ON evidence_chain USING btree (actor, at, leaf);

CREATE INDEX evidence_chain_at ON evidence_chain USING btree (at, leaf);

CREATE INDEX evidence_chain_type ON evidence_chain USING btree (type, at, leaf);

CREATE UNIQUE INDEX evidence_chain_leaf ON evidence_chain USING btree (leaf);

CREATE TABLE evidence_checkpoint (
    size bigint NOT NULL,
    at bigint NOT NULL,
    digest text NOT NULL,
    envelope text NOT NULL,
    CONSTRAINT evidence_checkpoint_pkey PRIMARY KEY (size)
);

CREATE TABLE evidence_leaf (
    id text NOT NULL,
    type text NOT NULL,
    version bigint NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    subjects text NOT NULL,
    payload text NOT NULL,
    personal text,
    digest bytea NOT NULL,
    CONSTRAINT evidence_leaf_pkey PRIMARY KEY (id)
);

CREATE TABLE evidence_personal (
    leaf text NOT NULL,
    digest text NOT NULL,
    at bigint NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT evidence_personal_pkey PRIMARY KEY (leaf)
);

CREATE INDEX evidence_personal_at ON evidence_personal USING btree (at);

CREATE TABLE evidence_probe (
    id bigint NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT evidence_probe_single CHECK ((id = 1)),
    CONSTRAINT evidence_probe_pkey PRIMARY KEY (id)
);

CREATE TABLE evidence_state (
    id bigint NOT NULL,
    node text NOT NULL,
    algorithm text NOT NULL,
    token bigint NOT NULL,
    holder text NOT NULL,
    until_at bigint NOT NULL,
    size bigint NOT NULL,
    chain bytea NOT NULL,
    peaks bytea NOT NULL,
    CONSTRAINT evidence_state_single CHECK ((id = 1)),
    CONSTRAINT evidence_state_pkey PRIMARY KEY (id)
);

CREATE TABLE evidence_subject (
    kind text NOT NULL,
    subject text NOT NULL,
    at bigint NOT NULL,
    leaf text NOT NULL,
    CONSTRAINT evidence_subject_pkey PRIMARY KEY (kind, subject, at, leaf)
);

CREATE TABLE evidence_tile (
    level bigint NOT NULL,
    position bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT evidence_tile_pkey PRIMARY KEY (level, "position")
);

CREATE TABLE evidence_waiting (
    leaf text NOT NULL,
    CONSTRAINT evidence_waiting_pkey PRIMARY KEY (leaf)
);

CREATE TABLE exchange_announced_end (
    case_id text NOT NULL,
    grant_id text NOT NULL,
    entry_id text NOT NULL,
    provider text NOT NULL,
    recipient text NOT NULL,
    bureau text NOT NULL,
    ends_on text NOT NULL,
    reason text NOT NULL,
    basis text NOT NULL,
    successor text,
    is_open bigint NOT NULL,
    closed_on text,
    CONSTRAINT exchange_announced_end_check CHECK (((is_open = 1) = (closed_on IS NULL))),
    CONSTRAINT exchange_announced_end_is_open_check CHECK ((is_open = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT exchange_announced_end_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT exchange_announced_end_pkey PRIMARY KEY (case_id)
);

CREATE INDEX exchange_announced_end_day ON exchange_announced_end USING btree (is_open, ends_on);

CREATE INDEX exchange_announced_end_entry ON exchange_announced_end USING btree (entry_id, case_id);

CREATE INDEX exchange_announced_end_of ON exchange_announced_end USING btree (grant_id, case_id);

CREATE UNIQUE INDEX exchange_announced_end_open ON exchange_announced_end USING btree (grant_id) WHERE (is_open = 1);

CREATE TABLE exchange_batch (
    id text NOT NULL,
    file_name text NOT NULL,
    party text NOT NULL,
    brought_by text NOT NULL,
    brought_at bigint NOT NULL,
    taken bigint NOT NULL,
    refused text NOT NULL,
    CONSTRAINT exchange_batch_pkey PRIMARY KEY (id)
);

CREATE INDEX exchange_batch_by_party ON exchange_batch USING btree (party, id);

CREATE TABLE exchange_coordination (
    case_id text NOT NULL,
    request_case text NOT NULL,
    applicant text NOT NULL,
    provider text NOT NULL,
    bureau text NOT NULL,
    is_open bigint NOT NULL,
    opened_on text NOT NULL,
    closed_on text,
    grant_id text,
    CONSTRAINT exchange_coordination_check CHECK (((is_open = 1) = (closed_on IS NULL))),
    CONSTRAINT exchange_coordination_is_open_check CHECK ((is_open = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT exchange_coordination_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT exchange_coordination_request_case_fkey FOREIGN KEY (request_case) REFERENCES governed_case(id),
    CONSTRAINT exchange_coordination_pkey PRIMARY KEY (case_id)
);

CREATE INDEX exchange_coordination_grant ON exchange_coordination USING btree (grant_id, case_id);

CREATE INDEX exchange_coordination_of ON exchange_coordination USING btree (request_case, case_id);

CREATE UNIQUE INDEX exchange_coordination_open ON exchange_coordination USING btree (request_case) WHERE (is_open = 1);

CREATE TABLE exchange_emergency (
    case_id text NOT NULL,
    entry_id text NOT NULL,
    applicant text NOT NULL,
    circumstance text NOT NULL,
    asked_at bigint NOT NULL,
    leader_post text,
    leader_party text,
    said_at bigint,
    means text,
    words text,
    entered_at bigint,
    ends_at bigint,
    outcome text,
    ended_at bigint,
    CONSTRAINT exchange_emergency_check CHECK (((leader_post IS NULL) = (ends_at IS NULL))),
    CONSTRAINT exchange_emergency_check1 CHECK (((outcome IS NULL) = (ended_at IS NULL))),
    CONSTRAINT exchange_emergency_means_check CHECK ((means = ANY (ARRAY['telephone'::text, 'meeting'::text, 'message'::text, 'in-person'::text]))),
    CONSTRAINT exchange_emergency_outcome_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'lapsed'::text, 'declined'::text, 'withdrawn'::text]))),
    CONSTRAINT exchange_emergency_case_id_fkey FOREIGN KEY (case_id) REFERENCES sharing_request(case_id),
    CONSTRAINT exchange_emergency_pkey PRIMARY KEY (case_id)
);

CREATE INDEX exchange_emergency_ending ON exchange_emergency USING btree (outcome, ends_at);

CREATE UNIQUE INDEX exchange_emergency_open ON exchange_emergency USING btree (entry_id, applicant) WHERE (outcome IS NULL);

CREATE TABLE exchange_end (
    grant_id text NOT NULL,
    entry_id text NOT NULL,
    provider text NOT NULL,
    recipient text NOT NULL,
    ended_at bigint NOT NULL,
    is_owed bigint NOT NULL,
    due_on text NOT NULL,
    clause text NOT NULL,
    taken text NOT NULL,
    certificate text,
    CONSTRAINT exchange_end_check CHECK (((certificate IS NULL) OR (is_owed = 1))),
    CONSTRAINT exchange_end_is_owed_check CHECK ((is_owed = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT exchange_end_pkey PRIMARY KEY (grant_id)
);

CREATE INDEX exchange_end_by_provider ON exchange_end USING btree (provider, is_owed, due_on);

CREATE INDEX exchange_end_by_recipient ON exchange_end USING btree (recipient, is_owed, due_on);

CREATE TABLE exchange_entry_consent (
    entry_id text NOT NULL,
    superior text NOT NULL,
    basis text NOT NULL,
    set_by text NOT NULL,
    set_at bigint NOT NULL,
    CONSTRAINT exchange_entry_consent_pkey PRIMARY KEY (entry_id)
);

CREATE TABLE exchange_running (
    id text NOT NULL,
    batch_id text NOT NULL,
    line bigint NOT NULL,
    entry_id text NOT NULL,
    provider text NOT NULL,
    recipient text NOT NULL,
    document text NOT NULL,
    terms text NOT NULL,
    is_lacking bigint NOT NULL,
    state text NOT NULL,
    revision bigint NOT NULL,
    provider_signed_by text,
    provider_signed_at bigint,
    bureau_signed_by text,
    bureau_signed_at bigint,
    grant_id text,
    CONSTRAINT exchange_running_check CHECK (((provider_signed_by IS NULL) = (provider_signed_at IS NULL))),
    CONSTRAINT exchange_running_check1 CHECK (((bureau_signed_by IS NULL) = (bureau_signed_at IS NULL))),
    CONSTRAINT exchange_running_check2 CHECK (((state = 'granted'::text) = (grant_id IS NOT NULL))),
    CONSTRAINT exchange_running_check3 CHECK (((grant_id IS NULL) OR ((provider_signed_by IS NOT NULL) AND (bureau_signed_by IS NOT NULL) AND (provider_signed_by <> bureau_signed_by)))),
    CONSTRAINT exchange_running_check4 CHECK (((is_lacking = 0) OR ((provider_signed_by IS NULL) AND (bureau_signed_by IS NULL)))),
    CONSTRAINT exchange_running_is_lacking_check CHECK ((is_lacking = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT exchange_running_revision_check CHECK ((revision >= 1)),
    CONSTRAINT exchange_running_state_check CHECK ((state = ANY (ARRAY['open'::text, 'granted'::text, 'dropped'::text]))),
    CONSTRAINT exchange_running_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES exchange_batch(id),
    CONSTRAINT exchange_running_pkey PRIMARY KEY (id)
);

CREATE INDEX exchange_running_by_batch ON exchange_running USING btree (batch_id, id);

CREATE INDEX exchange_running_by_provider ON exchange_running USING btree (provider, id);

CREATE UNIQUE INDEX exchange_running_once ON exchange_running USING btree (entry_id, recipient, document) WHERE (state <> 'dropped'::text);

CREATE TABLE exchange_supervision (
    case_id text NOT NULL,
    about_case text,
    about_kind text,
    about_clock text,
    about_position bigint,
    unit text NOT NULL,
    bureau text NOT NULL,
    subject text NOT NULL,
    basis text NOT NULL,
    due_on text,
    level bigint NOT NULL,
    is_open bigint NOT NULL,
    opened_on text NOT NULL,
    answer_due text,
    answered_on text,
    promised_on text,
    closed_on text,
    CONSTRAINT exchange_supervision_check CHECK (((is_open = 1) = (closed_on IS NULL))),
    CONSTRAINT exchange_supervision_check1 CHECK (((about_case IS NULL) = (about_kind IS NULL))),
    CONSTRAINT exchange_supervision_check2 CHECK (((about_clock IS NULL) = (about_position IS NULL))),
    CONSTRAINT exchange_supervision_is_open_check CHECK ((is_open = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT exchange_supervision_level_check CHECK (((level >= 1) AND (level <= 3))),
    CONSTRAINT exchange_supervision_about_case_fkey FOREIGN KEY (about_case) REFERENCES governed_case(id),
    CONSTRAINT exchange_supervision_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT exchange_supervision_pkey PRIMARY KEY (case_id)
);

CREATE INDEX exchange_supervision_about ON exchange_supervision USING btree (about_case, case_id);

CREATE INDEX exchange_supervision_by_unit ON exchange_supervision USING btree (unit, is_open, case_id);

CREATE UNIQUE INDEX exchange_supervision_open ON exchange_supervision USING btree (about_case, unit) WHERE ((is_open = 1) AND (about_case IS NOT NULL));

CREATE TABLE exchange_template (
    id text NOT NULL,
    name text NOT NULL,
    sharing text,
    purpose text NOT NULL,
    basis text NOT NULL,
    terms text NOT NULL,
    effective_from text NOT NULL,
    effective_to text,
    set_by text NOT NULL,
    set_at bigint NOT NULL,
    CONSTRAINT exchange_template_sharing_check CHECK ((sharing = ANY (ARRAY['unconditional'::text, 'conditional'::text]))),
    CONSTRAINT exchange_template_pkey PRIMARY KEY (id)
);

CREATE INDEX exchange_template_in_force ON exchange_template USING btree (effective_from, effective_to);

CREATE TABLE exchange_use_report (
    grant_id text NOT NULL,
    year bigint NOT NULL,
    figures text NOT NULL,
    use_text text NOT NULL,
    benefit text NOT NULL,
    given_by text NOT NULL,
    given_at bigint NOT NULL,
    CONSTRAINT exchange_use_report_pkey PRIMARY KEY (grant_id, year)
);

CREATE TABLE filing (
    id text NOT NULL,
    hook text NOT NULL,
    entry text NOT NULL,
    owner text NOT NULL,
    period text,
    kind text NOT NULL,
    manner text NOT NULL,
    channel text NOT NULL,
    package text,
    upload text,
    sha256 text,
    file_name text,
    attempt text,
    served_before text,
    reason text,
    filed_by text NOT NULL,
    filed_at bigint NOT NULL,
    undone_by text,
    undone_at bigint,
    CONSTRAINT filing_attempt_fkey FOREIGN KEY (attempt) REFERENCES publication(id),
    CONSTRAINT filing_hook_fkey FOREIGN KEY (hook) REFERENCES hook(id),
    CONSTRAINT filing_pkey PRIMARY KEY (id)
);

CREATE INDEX filing_of_bytes ON filing USING btree (hook, sha256);

CREATE INDEX filing_of_hook ON filing USING btree (hook, id);

CREATE INDEX filing_of_package ON filing USING btree (package);

CREATE TABLE filing_duty (
    hook text NOT NULL,
    entry text NOT NULL,
    owner text NOT NULL,
    cadence text NOT NULL,
    deadline_days bigint NOT NULL,
    remind_days bigint NOT NULL,
    manner text NOT NULL,
    row_key text NOT NULL,
    since text NOT NULL,
    revision bigint NOT NULL,
    set_by text NOT NULL,
    set_at bigint NOT NULL,
    CONSTRAINT filing_duty_hook_fkey FOREIGN KEY (hook) REFERENCES hook(id),
    CONSTRAINT filing_duty_pkey PRIMARY KEY (hook)
);

CREATE INDEX filing_duty_of_owner ON filing_duty USING btree (owner);

CREATE TABLE folder_watch (
    hook text NOT NULL,
    entry text NOT NULL,
    owner text NOT NULL,
    pattern text NOT NULL,
    manner text NOT NULL,
    account text NOT NULL,
    post text,
    problem text,
    lease_until bigint NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT folder_watch_hook_fkey FOREIGN KEY (hook) REFERENCES hook(id),
    CONSTRAINT folder_watch_pkey PRIMARY KEY (hook)
);

CREATE TABLE governed_case (
    id text NOT NULL,
    kind text NOT NULL,
    workflow_version bigint NOT NULL,
    title text NOT NULL,
    about_kind text NOT NULL,
    about_id text NOT NULL,
    state text NOT NULL,
    is_final bigint NOT NULL,
    revision bigint NOT NULL,
    chain text,
    opened_by text NOT NULL,
    opened_at bigint NOT NULL,
    changed_at bigint NOT NULL,
    due_on text,
    CONSTRAINT governed_case_is_final_check CHECK ((is_final = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT governed_case_revision_check CHECK ((revision >= 1)),
    CONSTRAINT governed_case_pkey PRIMARY KEY (id)
);

CREATE INDEX governed_case_by_kind ON governed_case USING btree (kind, is_final, due_on, id);

CREATE INDEX governed_case_by_subject ON governed_case USING btree (about_kind, about_id, id);

CREATE INDEX governed_case_by_title ON governed_case USING btree (title, id);

CREATE TABLE grading_book (
    entry text NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT grading_book_revision_check CHECK ((revision >= 0)),
    CONSTRAINT grading_book_pkey PRIMARY KEY (entry)
);

CREATE TABLE grading_column (
    entry text NOT NULL,
    column_name text NOT NULL,
    level text NOT NULL,
    rules text NOT NULL,
    reason text,
    decided_by text NOT NULL,
    decided_at bigint NOT NULL,
    CONSTRAINT grading_column_level_check CHECK ((level = ANY (ARRAY['L1'::text, 'L2'::text, 'L3'::text, 'L4'::text, 'important'::text, 'core'::text]))),
    CONSTRAINT grading_column_entry_fkey FOREIGN KEY (entry) REFERENCES grading_book(entry),
    CONSTRAINT grading_column_pkey PRIMARY KEY (entry, column_name)
);

CREATE TABLE grading_history (
    entry text NOT NULL,
    revision bigint NOT NULL,
    column_name text NOT NULL,
    before_level text,
    level text NOT NULL,
    reason text,
    actor text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT grading_history_entry_fkey FOREIGN KEY (entry) REFERENCES grading_book(entry),
    CONSTRAINT grading_history_pkey PRIMARY KEY (entry, revision, column_name)
);

CREATE TABLE grading_suggestion (
    entry text NOT NULL,
    place bigint NOT NULL,
    column_name text NOT NULL,
    level text NOT NULL,
    certainty bigint NOT NULL,
    body text NOT NULL,
    suggested_at bigint NOT NULL,
    CONSTRAINT grading_suggestion_entry_fkey FOREIGN KEY (entry) REFERENCES grading_book(entry),
    CONSTRAINT grading_suggestion_pkey PRIMARY KEY (entry, column_name)
);

CREATE TABLE hand_over (
    id text NOT NULL,
    release_id text NOT NULL,
    grant_id text NOT NULL,
    provider text NOT NULL,
    recipient text NOT NULL,
    taken_by text NOT NULL,
    medium text NOT NULL,
    is_sealed bigint NOT NULL,
    volumes text NOT NULL,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    leaf text NOT NULL,
    CONSTRAINT hand_over_release_id_fkey FOREIGN KEY (release_id) REFERENCES release(id),
    CONSTRAINT hand_over_pkey PRIMARY KEY (id)
);

CREATE INDEX hand_over_of_release ON hand_over USING btree (release_id, id);

CREATE TABLE hook (
    id text NOT NULL,
    entry text NOT NULL,
    owner text NOT NULL,
    source text NOT NULL,
    mapping text NOT NULL,
    key_columns text NOT NULL,
    state text NOT NULL,
    current_version text,
    revision bigint NOT NULL,
    credential bytea,
    defined_by text NOT NULL,
    defined_at bigint NOT NULL,
    CONSTRAINT hook_pkey PRIMARY KEY (id)
);

CREATE UNIQUE INDEX hook_of_entry ON hook USING btree (entry) WHERE (state <> 'retired'::text);

CREATE TABLE joint_test (
    id text NOT NULL,
    grant_id text NOT NULL,
    revision bigint NOT NULL,
    plan_digest text NOT NULL,
    delivery text NOT NULL,
    seed bigint NOT NULL,
    rows_made bigint NOT NULL,
    rows_out bigint NOT NULL,
    bytes bigint,
    sha256 text NOT NULL,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    leaf text NOT NULL,
    CONSTRAINT joint_test_check CHECK (((rows_out >= 0) AND (rows_out <= rows_made))),
    CONSTRAINT joint_test_rows_made_check CHECK ((rows_made > 0)),
    CONSTRAINT joint_test_pkey PRIMARY KEY (id)
);

CREATE INDEX joint_test_of_grant ON joint_test USING btree (grant_id, id);

CREATE TABLE joint_test_fault (
    id text NOT NULL,
    grant_id text NOT NULL,
    joint_test text,
    told text NOT NULL,
    told_by text NOT NULL,
    told_at bigint NOT NULL,
    answer text,
    answered_by text,
    answered_at bigint,
    CONSTRAINT joint_test_fault_check CHECK ((((answer IS NULL) = (answered_by IS NULL)) AND ((answer IS NULL) = (answered_at IS NULL)))),
    CONSTRAINT joint_test_fault_joint_test_fkey FOREIGN KEY (joint_test) REFERENCES joint_test(id),
    CONSTRAINT joint_test_fault_pkey PRIMARY KEY (id)
);

CREATE INDEX joint_test_fault_of_grant ON joint_test_fault USING btree (grant_id, id);

CREATE TABLE joint_test_push (
    id text NOT NULL,
    grant_id text NOT NULL,
    target text NOT NULL,
    place text NOT NULL,
    location text NOT NULL,
    own_table text NOT NULL,
    manner text NOT NULL,
    key_columns text NOT NULL,
    state text NOT NULL,
    table_state text NOT NULL,
    seed bigint NOT NULL,
    rows_made bigint NOT NULL,
    rows_before bigint,
    rows_out bigint,
    rows_after bigint,
    content_digest text,
    columns text,
    problem text,
    tries bigint NOT NULL,
    runner text NOT NULL,
    runner_until bigint NOT NULL,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    drop_at bigint NOT NULL,
    dropped_at bigint,
    CONSTRAINT joint_test_push_check CHECK (((state = 'done'::text) = (content_digest IS NOT NULL))),
    CONSTRAINT joint_test_push_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text]))),
    CONSTRAINT joint_test_push_table_state_check CHECK ((table_state = ANY (ARRAY['none'::text, 'there'::text, 'passed-on'::text, 'clearing'::text, 'dropped'::text, 'left'::text]))),
    CONSTRAINT joint_test_push_target_fkey FOREIGN KEY (target) REFERENCES push_target(id),
    CONSTRAINT joint_test_push_pkey PRIMARY KEY (id)
);

CREATE INDEX joint_test_push_due ON joint_test_push USING btree (table_state, runner_until);

CREATE INDEX joint_test_push_of_grant ON joint_test_push USING btree (grant_id, id);

CREATE UNIQUE INDEX joint_test_push_running ON joint_test_push USING btree (location) WHERE (state = 'running'::text);

CREATE UNIQUE INDEX joint_test_push_there ON joint_test_push USING btree (location) WHERE (table_state = 'there'::text);

CREATE TABLE joint_test_word (
    leaf text NOT NULL,
    grant_id text NOT NULL,
    side text NOT NULL,
    verdict text NOT NULL,
    note text NOT NULL,
    said_by text NOT NULL,
    said_at bigint NOT NULL,
    undone_at bigint,
    CONSTRAINT joint_test_word_check CHECK (((verdict = 'passed'::text) OR (side = 'recipient'::text))),
    CONSTRAINT joint_test_word_side_check CHECK ((side = ANY (ARRAY['recipient'::text, 'provider'::text]))),
    CONSTRAINT joint_test_word_verdict_check CHECK ((verdict = ANY (ARRAY['passed'::text, 'waived'::text]))),
    CONSTRAINT joint_test_word_pkey PRIMARY KEY (leaf)
);

CREATE UNIQUE INDEX joint_test_word_in_force ON joint_test_word USING btree (grant_id, side) WHERE (undone_at IS NULL);

CREATE TABLE letter (
    id text NOT NULL,
    owner text NOT NULL,
    direction text NOT NULL,
    state text NOT NULL,
    series_id text,
    year bigint NOT NULL,
    serial bigint NOT NULL,
    number text NOT NULL,
    title text NOT NULL,
    counterpart text NOT NULL,
    mark text NOT NULL,
    body text NOT NULL,
    dated text NOT NULL,
    received_on text,
    case_id text,
    case_words text NOT NULL,
    copies text NOT NULL,
    search_text text NOT NULL,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    request_key text,
    voided_because text,
    voided_by text,
    voided_at bigint,
    CONSTRAINT letter_check CHECK (((direction = 'out'::text) = (series_id IS NOT NULL))),
    CONSTRAINT letter_check1 CHECK (((direction = 'in'::text) = (received_on IS NOT NULL))),
    CONSTRAINT letter_check2 CHECK (((direction = 'out'::text) OR (state = ANY (ARRAY['registered'::text, 'voided'::text])))),
    CONSTRAINT letter_check3 CHECK (((direction = 'in'::text) OR (state <> 'registered'::text))),
    CONSTRAINT letter_check4 CHECK (((state = 'voided'::text) = (voided_because IS NOT NULL))),
    CONSTRAINT letter_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
    CONSTRAINT letter_serial_check CHECK ((serial >= 1)),
    CONSTRAINT letter_state_check CHECK ((state = ANY (ARRAY['registered'::text, 'numbered'::text, 'sealed'::text, 'voided'::text]))),
    CONSTRAINT letter_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT letter_series_id_fkey FOREIGN KEY (series_id) REFERENCES letter_series(id),
    CONSTRAINT letter_pkey PRIMARY KEY (id),
    CONSTRAINT letter_made_by_request_key_key UNIQUE (made_by, request_key),
    CONSTRAINT letter_series_id_year_serial_key UNIQUE (series_id, year, serial)
);

CREATE INDEX letter_by_case ON letter USING btree (case_id, id);

CREATE INDEX letter_by_number ON letter USING btree (owner, number);

CREATE INDEX letter_by_owner ON letter USING btree (owner, id);

CREATE UNIQUE INDEX letter_by_receipt ON letter USING btree (owner, year, serial) WHERE (direction = 'in'::text);

CREATE TABLE letter_counter (
    register text NOT NULL,
    year bigint NOT NULL,
    last bigint NOT NULL,
    CONSTRAINT letter_counter_last_check CHECK ((last >= 0)),
    CONSTRAINT letter_counter_pkey PRIMARY KEY (register, year)
);

CREATE TABLE letter_file (
    id text NOT NULL,
    letter_id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    format text NOT NULL,
    bytes bigint NOT NULL,
    digest text NOT NULL,
    is_scanned bigint NOT NULL,
    added_by text NOT NULL,
    added_at bigint NOT NULL,
    leaf_id text NOT NULL,
    CONSTRAINT letter_file_kind_check CHECK ((kind = ANY (ARRAY['sealed'::text, 'attachment'::text]))),
    CONSTRAINT letter_file_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES letter(id),
    CONSTRAINT letter_file_pkey PRIMARY KEY (id)
);

CREATE INDEX letter_file_by_digest ON letter_file USING btree (digest, id);

CREATE INDEX letter_file_by_letter ON letter_file USING btree (letter_id, id);

CREATE TABLE letter_series (
    id text NOT NULL,
    owner text NOT NULL,
    code text NOT NULL,
    set_by text NOT NULL,
    set_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT letter_series_pkey PRIMARY KEY (id),
    CONSTRAINT letter_series_code_key UNIQUE (code)
);

CREATE INDEX letter_series_by_owner ON letter_series USING btree (owner, id);

CREATE TABLE letter_template (
    id text NOT NULL,
    owner text NOT NULL,
    name text NOT NULL,
    bytes bigint NOT NULL,
    digest text NOT NULL,
    placeholders text NOT NULL,
    set_by text NOT NULL,
    set_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT letter_template_pkey PRIMARY KEY (id)
);

CREATE INDEX letter_template_by_owner ON letter_template USING btree (owner, id);

CREATE TABLE migration (
    name text NOT NULL,
    text text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT migration_pkey PRIMARY KEY (name)
);

CREATE TABLE name_list (
    id text NOT NULL,
    recipient text NOT NULL,
    account text NOT NULL,
    post text,
    state text NOT NULL,
    idempotency_key text,
    file text NOT NULL,
    reading text NOT NULL,
    sheets text NOT NULL,
    choice text,
    findings text,
    attachments text NOT NULL,
    rows_done bigint NOT NULL,
    cancel_asked bigint NOT NULL,
    made_at bigint NOT NULL,
    authorised_at bigint,
    lease_until bigint,
    settled_at bigint,
    result_bytes bigint,
    result_sha256 text,
    problem text,
    authorised_leaf text,
    settled_leaf text,
    receipt text,
    CONSTRAINT name_list_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'authorised'::text, 'settled'::text, 'failed'::text, 'unknown'::text]))),
    CONSTRAINT name_list_pkey PRIMARY KEY (id),
    CONSTRAINT name_list_account_idempotency_key_key UNIQUE (account, idempotency_key)
);

CREATE INDEX name_list_recipient ON name_list USING btree (recipient, id);

CREATE INDEX name_list_state ON name_list USING btree (state, made_at);

CREATE TABLE name_list_hold (
    grant_id text NOT NULL,
    list text NOT NULL,
    since bigint NOT NULL,
    keys_asked bigint NOT NULL,
    unmatched bigint NOT NULL,
    lifted_at bigint,
    lifted_by text,
    reason text,
    is_expected bigint NOT NULL,
    CONSTRAINT name_list_hold_list_fkey FOREIGN KEY (list) REFERENCES name_list(id),
    CONSTRAINT name_list_hold_pkey PRIMARY KEY (grant_id, list)
);

CREATE INDEX name_list_hold_open ON name_list_hold USING btree (grant_id, lifted_at);

CREATE TABLE name_list_part (
    release_id text NOT NULL,
    list text NOT NULL,
    position bigint NOT NULL,
    grant_id text NOT NULL,
    revision bigint NOT NULL,
    entry text NOT NULL,
    provider text NOT NULL,
    recipient text NOT NULL,
    post text,
    account text NOT NULL,
    key_column text NOT NULL,
    version text NOT NULL,
    version_number bigint NOT NULL,
    as_of bigint NOT NULL,
    day text NOT NULL,
    keys_asked bigint NOT NULL,
    matched bigint,
    ambiguous bigint,
    unmatched bigint,
    settled_at bigint,
    CONSTRAINT name_list_part_keys_asked_check CHECK ((keys_asked >= 0)),
    CONSTRAINT name_list_part_list_fkey FOREIGN KEY (list) REFERENCES name_list(id),
    CONSTRAINT name_list_part_pkey PRIMARY KEY (release_id),
    CONSTRAINT name_list_part_list_position_key UNIQUE (list, "position")
);

CREATE INDEX name_list_part_account ON name_list_part USING btree (account, day);

CREATE INDEX name_list_part_grant ON name_list_part USING btree (grant_id, day);

CREATE INDEX name_list_part_settled ON name_list_part USING btree (grant_id, settled_at);

CREATE TABLE paper_approval (
    id text NOT NULL,
    case_id text NOT NULL,
    kind text NOT NULL,
    case_state text NOT NULL,
    step bigint NOT NULL,
    place bigint NOT NULL,
    party_id text NOT NULL,
    role text NOT NULL,
    holder_post text,
    position text NOT NULL,
    signer text NOT NULL,
    signer_post text NOT NULL,
    is_deputy bigint NOT NULL,
    act text NOT NULL,
    comment text,
    legal_basis text,
    signed_on text NOT NULL,
    is_judged_by_signed bigint NOT NULL,
    reason text NOT NULL,
    scan_id text NOT NULL,
    entered_by text NOT NULL,
    entered_post text,
    entered_at bigint NOT NULL,
    counted_revision bigint,
    due_on text NOT NULL,
    next_on text NOT NULL,
    level bigint NOT NULL,
    state text NOT NULL,
    compared_by text,
    compared_post text,
    compared_at bigint,
    closed_by text,
    closed_post text,
    closed_at bigint,
    closing_words text,
    CONSTRAINT paper_approval_check CHECK ((entered_by <> signer)),
    CONSTRAINT paper_approval_check1 CHECK ((compared_by <> entered_by)),
    CONSTRAINT paper_approval_check2 CHECK ((closed_by <> entered_by)),
    CONSTRAINT paper_approval_check3 CHECK (((compared_by IS NULL) = (compared_at IS NULL))),
    CONSTRAINT paper_approval_check4 CHECK (((closed_by IS NULL) = (closed_at IS NULL))),
    CONSTRAINT paper_approval_is_deputy_check CHECK ((is_deputy = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT paper_approval_is_judged_by_signed_check CHECK ((is_judged_by_signed = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT paper_approval_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'compared'::text, 'confirmed'::text, 'objected'::text, 'lapsed'::text]))),
    CONSTRAINT paper_approval_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT paper_approval_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES paper_scan(id),
    CONSTRAINT paper_approval_pkey PRIMARY KEY (id),
    CONSTRAINT paper_approval_case_id_counted_revision_key UNIQUE (case_id, counted_revision),
    CONSTRAINT paper_approval_scan_id_key UNIQUE (scan_id)
);

CREATE INDEX paper_approval_by_case ON paper_approval USING btree (case_id, id);

CREATE INDEX paper_approval_by_day ON paper_approval USING btree (state, next_on, id);

CREATE INDEX paper_approval_by_signer ON paper_approval USING btree (signer, state, due_on);

CREATE INDEX paper_approval_by_unit ON paper_approval USING btree (party_id, state, due_on);

CREATE UNIQUE INDEX paper_approval_waiting ON paper_approval USING btree (case_id, step, place) WHERE ((state = 'waiting'::text) AND (counted_revision IS NULL));

CREATE TABLE paper_scan (
    id text NOT NULL,
    case_id text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    is_scanned bigint NOT NULL,
    brought_by text NOT NULL,
    brought_at bigint NOT NULL,
    CONSTRAINT paper_scan_bytes_check CHECK ((bytes > 0)),
    CONSTRAINT paper_scan_is_scanned_check CHECK ((is_scanned = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT paper_scan_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT paper_scan_pkey PRIMARY KEY (id)
);

CREATE INDEX paper_scan_by_age ON paper_scan USING btree (brought_at, id);

CREATE INDEX paper_scan_by_case ON paper_scan USING btree (case_id, id);

CREATE TABLE party (
    id text NOT NULL,
    kind text NOT NULL,
    uscc text,
    division text,
    parent text,
    founded text,
    dissolved text,
    created bigint NOT NULL,
    CONSTRAINT party_check CHECK (((dissolved IS NULL) OR (founded IS NULL) OR (founded <= dissolved))),
    CONSTRAINT party_parent_fkey FOREIGN KEY (parent) REFERENCES party(id),
    CONSTRAINT party_pkey PRIMARY KEY (id),
    CONSTRAINT party_uscc_key UNIQUE (uscc)
);

CREATE INDEX party_parent ON party USING btree (parent);

CREATE TABLE party_lineage (
    heir text NOT NULL,
    forebear text NOT NULL,
    CONSTRAINT party_lineage_forebear_fkey FOREIGN KEY (forebear) REFERENCES party(id),
    CONSTRAINT party_lineage_heir_fkey FOREIGN KEY (heir) REFERENCES party(id),
    CONSTRAINT party_lineage_pkey PRIMARY KEY (heir, forebear)
);

CREATE INDEX party_lineage_forebear ON party_lineage USING btree (forebear, heir);

CREATE TABLE party_member (
    party_group text NOT NULL,
    member text NOT NULL,
    CONSTRAINT party_member_member_fkey FOREIGN KEY (member) REFERENCES party(id),
    CONSTRAINT party_member_party_group_fkey FOREIGN KEY (party_group) REFERENCES party(id),
    CONSTRAINT party_member_pkey PRIMARY KEY (party_group, member)
);

CREATE TABLE party_name (
    party text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    match_key text NOT NULL,
    valid_from text NOT NULL,
    valid_to text,
    CONSTRAINT party_name_check CHECK (((valid_to IS NULL) OR (valid_from <= valid_to))),
    CONSTRAINT party_name_party_fkey FOREIGN KEY (party) REFERENCES party(id),
    CONSTRAINT party_name_pkey PRIMARY KEY (party, kind, name, valid_from)
);

CREATE INDEX party_name_match ON party_name USING btree (match_key);

CREATE UNIQUE INDEX party_name_official ON party_name USING btree (match_key) WHERE ((kind = 'official'::text) AND (valid_to IS NULL));

CREATE TABLE party_succession (
    id text NOT NULL,
    kind text NOT NULL,
    predecessors text NOT NULL,
    successors text NOT NULL,
    date text NOT NULL,
    document text NOT NULL,
    new_name text NOT NULL,
    state text NOT NULL,
    revision bigint NOT NULL,
    problem text,
    made_by text,
    made_at bigint NOT NULL,
    confirmed_by text,
    confirmed_post text,
    ended_at bigint,
    lines text,
    lines_digest text,
    CONSTRAINT party_succession_check CHECK (((state = 'done'::text) = (lines_digest IS NOT NULL))),
    CONSTRAINT party_succession_check1 CHECK (((state = ANY (ARRAY['done'::text, 'withdrawn'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT party_succession_kind_check CHECK ((kind = ANY (ARRAY['merge'::text, 'split'::text, 'rename'::text]))),
    CONSTRAINT party_succession_revision_check CHECK ((revision > 0)),
    CONSTRAINT party_succession_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'planned'::text, 'done'::text, 'withdrawn'::text]))),
    CONSTRAINT party_succession_pkey PRIMARY KEY (id)
);

CREATE INDEX party_succession_due ON party_succession USING btree (state, date);

CREATE TABLE party_succession_choice (
    succession text NOT NULL,
    kind text NOT NULL,
    item text NOT NULL,
    heir text NOT NULL,
    CONSTRAINT party_succession_choice_heir_fkey FOREIGN KEY (heir) REFERENCES party(id),
    CONSTRAINT party_succession_choice_succession_fkey FOREIGN KEY (succession) REFERENCES party_succession(id),
    CONSTRAINT party_succession_choice_pkey PRIMARY KEY (succession, kind, item)
);

CREATE TABLE party_successor (
    predecessor text NOT NULL,
    successor text NOT NULL,
    kind text NOT NULL,
    date text NOT NULL,
    CONSTRAINT party_successor_check CHECK ((predecessor <> successor)),
    CONSTRAINT party_successor_predecessor_fkey FOREIGN KEY (predecessor) REFERENCES party(id),
    CONSTRAINT party_successor_successor_fkey FOREIGN KEY (successor) REFERENCES party(id),
    CONSTRAINT party_successor_pkey PRIMARY KEY (predecessor, successor)
);

CREATE TABLE person (
    id text NOT NULL,
    name text NOT NULL,
    created bigint NOT NULL,
    CONSTRAINT person_pkey PRIMARY KEY (id)
);

CREATE TABLE policy_change_counter (
    id bigint NOT NULL,
    number bigint NOT NULL,
    CONSTRAINT policy_change_counter_id_check CHECK ((id = 1)),
    CONSTRAINT policy_change_counter_pkey PRIMARY KEY (id)
);

CREATE TABLE policy_grant (
    id text NOT NULL,
    revision bigint NOT NULL,
    entry text NOT NULL,
    provider text NOT NULL,
    consumer text,
    origin text NOT NULL,
    origin_case text,
    state text NOT NULL,
    clauses text NOT NULL,
    plan_digest text NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    total_quota bigint,
    daily_quota bigint,
    signed_at bigint NOT NULL,
    signed_by text NOT NULL,
    calls_per_minute bigint,
    calls_per_day bigint,
    rows_per_minute bigint,
    nature text NOT NULL DEFAULT 'ordinary'::text,
    ends_at bigint,
    joint_test text,
    announced_end text,
    CONSTRAINT policy_grant_calls_per_day_check CHECK ((calls_per_day > 0)),
    CONSTRAINT policy_grant_calls_per_minute_check CHECK ((calls_per_minute > 0)),
    CONSTRAINT policy_grant_check CHECK ((valid_from <= valid_to)),
    CONSTRAINT policy_grant_check1 CHECK (((origin = 'open-licence'::text) = (consumer IS NULL))),
    CONSTRAINT policy_grant_check2 CHECK (((origin = 'sharing-request'::text) = (origin_case IS NOT NULL))),
    CONSTRAINT policy_grant_daily_quota_check CHECK ((daily_quota > 0)),
    CONSTRAINT policy_grant_joint_test_check CHECK ((joint_test = ANY (ARRAY['required'::text, 'done'::text]))),
    CONSTRAINT policy_grant_nature_check CHECK ((nature = ANY (ARRAY['ordinary'::text, 'emergency'::text, 'transitional'::text]))),
    CONSTRAINT policy_grant_origin_check CHECK ((origin = ANY (ARRAY['sharing-request'::text, 'open-licence'::text]))),
    CONSTRAINT policy_grant_revision_check CHECK ((revision > 0)),
    CONSTRAINT policy_grant_rows_per_minute_check CHECK ((rows_per_minute > 0)),
    CONSTRAINT policy_grant_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'revoked'::text, 'expired'::text]))),
    CONSTRAINT policy_grant_total_quota_check CHECK ((total_quota > 0)),
    CONSTRAINT policy_grant_pkey PRIMARY KEY (id)
);

CREATE INDEX policy_grant_consumer ON policy_grant USING btree (consumer, id);

CREATE INDEX policy_grant_ending ON policy_grant USING btree (state, valid_to);

CREATE INDEX policy_grant_entry ON policy_grant USING btree (entry, id);

CREATE INDEX policy_grant_provider ON policy_grant USING btree (provider, id);

CREATE UNIQUE INDEX policy_grant_unconfirmed ON policy_grant USING btree (entry, consumer) WHERE ((ends_at IS NOT NULL) AND (state = ANY (ARRAY['active'::text, 'suspended'::text])));

CREATE TABLE policy_grant_change (
    number bigint NOT NULL,
    grant_id text NOT NULL,
    revision bigint NOT NULL,
    state text NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT policy_grant_change_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES policy_grant(id),
    CONSTRAINT policy_grant_change_pkey PRIMARY KEY (number),
    CONSTRAINT policy_grant_change_grant_id_revision_key UNIQUE (grant_id, revision)
);

CREATE TABLE policy_key_try (
    grant_id text NOT NULL,
    day text NOT NULL,
    key_name text NOT NULL,
    tries bigint NOT NULL,
    CONSTRAINT policy_key_try_tries_check CHECK ((tries > 0)),
    CONSTRAINT policy_key_try_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES policy_grant(id),
    CONSTRAINT policy_key_try_pkey PRIMARY KEY (grant_id, day, key_name)
);

CREATE INDEX policy_key_try_day ON policy_key_try USING btree (day);

CREATE TABLE policy_quota_use (
    grant_id text NOT NULL,
    day text NOT NULL,
    used bigint NOT NULL,
    CONSTRAINT policy_quota_use_used_check CHECK ((used >= 0)),
    CONSTRAINT policy_quota_use_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES policy_grant(id),
    CONSTRAINT policy_quota_use_pkey PRIMARY KEY (grant_id, day)
);

CREATE TABLE policy_rate_use (
    grant_id text NOT NULL,
    span text NOT NULL,
    number bigint NOT NULL,
    calls bigint NOT NULL,
    rows bigint NOT NULL,
    refused bigint NOT NULL,
    CONSTRAINT policy_rate_use_calls_check CHECK ((calls >= 0)),
    CONSTRAINT policy_rate_use_refused_check CHECK ((refused >= 0)),
    CONSTRAINT policy_rate_use_rows_check CHECK ((rows >= 0)),
    CONSTRAINT policy_rate_use_span_check CHECK ((span = ANY (ARRAY['minute'::text, 'day'::text]))),
    CONSTRAINT policy_rate_use_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES policy_grant(id),
    CONSTRAINT policy_rate_use_pkey PRIMARY KEY (grant_id, span)
);

CREATE TABLE policy_reservation (
    release_id text NOT NULL,
    grant_id text NOT NULL,
    revision bigint NOT NULL,
    day text NOT NULL,
    rows_reserved bigint NOT NULL,
    rows_settled bigint,
    state text NOT NULL,
    reserved_at bigint NOT NULL,
    lease_until bigint NOT NULL,
    settled_at bigint,
    CONSTRAINT policy_reservation_check CHECK (((rows_settled >= 0) AND (rows_settled <= rows_reserved))),
    CONSTRAINT policy_reservation_rows_reserved_check CHECK ((rows_reserved >= 0)),
    CONSTRAINT policy_reservation_state_check CHECK ((state = ANY (ARRAY['open'::text, 'settled'::text, 'unknown'::text]))),
    CONSTRAINT policy_reservation_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES policy_grant(id),
    CONSTRAINT policy_reservation_pkey PRIMARY KEY (release_id)
);

CREATE INDEX policy_reservation_grant ON policy_reservation USING btree (grant_id, reserved_at);

CREATE INDEX policy_reservation_lease ON policy_reservation USING btree (state, lease_until);

CREATE TABLE post (
    id text NOT NULL,
    party text NOT NULL,
    title text NOT NULL,
    abolished text,
    created bigint NOT NULL,
    scope text,
    CONSTRAINT post_party_fkey FOREIGN KEY (party) REFERENCES party(id),
    CONSTRAINT post_scope_fkey FOREIGN KEY (scope) REFERENCES party(id),
    CONSTRAINT post_pkey PRIMARY KEY (id),
    CONSTRAINT post_party_title_key UNIQUE (party, title)
);

CREATE INDEX post_scope ON post USING btree (scope);

CREATE TABLE post_deputy (
    id text NOT NULL,
    post text NOT NULL,
    person text NOT NULL,
    starts text NOT NULL,
    ends text NOT NULL,
    reason text NOT NULL,
    set_by text,
    set_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT post_deputy_check CHECK ((starts <= ends)),
    CONSTRAINT post_deputy_person_fkey FOREIGN KEY (person) REFERENCES person(id),
    CONSTRAINT post_deputy_post_fkey FOREIGN KEY (post) REFERENCES post(id),
    CONSTRAINT post_deputy_pkey PRIMARY KEY (id)
);

CREATE INDEX post_deputy_person ON post_deputy USING btree (person);

CREATE INDEX post_deputy_post ON post_deputy USING btree (post, starts);

CREATE TABLE post_hand_over (
    id text NOT NULL,
    post text NOT NULL,
    leaver text NOT NULL,
    successor text NOT NULL,
    witness text NOT NULL,
    day text NOT NULL,
    remark text NOT NULL,
    items text NOT NULL,
    items_digest text NOT NULL,
    made_by text,
    made_at bigint NOT NULL,
    CONSTRAINT post_hand_over_leaver_fkey FOREIGN KEY (leaver) REFERENCES person(id),
    CONSTRAINT post_hand_over_post_fkey FOREIGN KEY (post) REFERENCES post(id),
    CONSTRAINT post_hand_over_successor_fkey FOREIGN KEY (successor) REFERENCES person(id),
    CONSTRAINT post_hand_over_witness_fkey FOREIGN KEY (witness) REFERENCES person(id),
    CONSTRAINT post_hand_over_pkey PRIMARY KEY (id)
);

CREATE INDEX post_hand_over_post ON post_hand_over USING btree (post, made_at);

CREATE TABLE post_role (
    post text NOT NULL,
    role text NOT NULL,
    CONSTRAINT post_role_post_fkey FOREIGN KEY (post) REFERENCES post(id),
    CONSTRAINT post_role_pkey PRIMARY KEY (post, role)
);

CREATE TABLE post_term (
    post text NOT NULL,
    person text NOT NULL,
    starts text NOT NULL,
    ends text,
    CONSTRAINT post_term_check CHECK (((ends IS NULL) OR (starts <= ends))),
    CONSTRAINT post_term_person_fkey FOREIGN KEY (person) REFERENCES person(id),
    CONSTRAINT post_term_post_fkey FOREIGN KEY (post) REFERENCES post(id),
    CONSTRAINT post_term_pkey PRIMARY KEY (post, person, starts)
);

CREATE INDEX post_term_person ON post_term USING btree (person);

CREATE TABLE provider_flow_used (
    digest bytea NOT NULL,
    ends bigint NOT NULL,
    CONSTRAINT provider_flow_used_pkey PRIMARY KEY (digest)
);

CREATE TABLE publication (
    id text NOT NULL,
    hook text NOT NULL,
    entry text NOT NULL,
    owner text NOT NULL,
    outcome text NOT NULL,
    stage text,
    version text,
    problem text,
    rows_read bigint NOT NULL,
    rows_rejected bigint NOT NULL,
    permille bigint NOT NULL,
    started_at bigint NOT NULL,
    ended_at bigint,
    lease_until bigint NOT NULL,
    cancel_asked bigint NOT NULL,
    started_by text NOT NULL,
    CONSTRAINT publication_hook_fkey FOREIGN KEY (hook) REFERENCES hook(id),
    CONSTRAINT publication_pkey PRIMARY KEY (id)
);

CREATE INDEX publication_of_hook ON publication USING btree (hook, started_at);

CREATE UNIQUE INDEX publication_running ON publication USING btree (hook) WHERE (outcome = 'running'::text);

CREATE TABLE push (
    id text NOT NULL,
    target text NOT NULL,
    place text NOT NULL,
    manner text NOT NULL,
    key_columns text NOT NULL,
    state text NOT NULL,
    stage text NOT NULL,
    rows_done bigint NOT NULL,
    tries bigint NOT NULL,
    runner text NOT NULL,
    runner_until bigint NOT NULL,
    cancel_asked bigint NOT NULL,
    problem text,
    content_digest text,
    account text NOT NULL,
    idempotency_key text,
    CONSTRAINT push_rows_done_check CHECK ((rows_done >= 0)),
    CONSTRAINT push_stage_check CHECK ((stage = ANY (ARRAY['staging'::text, 'finishing'::text, 'waiting'::text, 'clearing'::text, 'over'::text]))),
    CONSTRAINT push_state_check CHECK ((state = ANY (ARRAY['authorised'::text, 'settled'::text, 'failed'::text, 'unknown'::text]))),
    CONSTRAINT push_id_fkey FOREIGN KEY (id) REFERENCES release(id),
    CONSTRAINT push_target_fkey FOREIGN KEY (target) REFERENCES push_target(id),
    CONSTRAINT push_pkey PRIMARY KEY (id),
    CONSTRAINT push_account_idempotency_key_key UNIQUE (account, idempotency_key)
);

CREATE INDEX push_stage ON push USING btree (stage, runner_until);

CREATE UNIQUE INDEX push_running ON push USING btree (target) WHERE (state = 'authorised'::text);

CREATE TABLE push_target (
    id text NOT NULL,
    unit text NOT NULL,
    label text NOT NULL,
    place text NOT NULL,
    manner text NOT NULL,
    key_columns text NOT NULL,
    credential bytea,
    account text NOT NULL,
    made_at bigint NOT NULL,
    removed_at bigint,
    revision bigint NOT NULL,
    CONSTRAINT push_target_manner_check CHECK ((manner = ANY (ARRAY['replace'::text, 'upsert'::text]))),
    CONSTRAINT push_target_pkey PRIMARY KEY (id)
);

CREATE INDEX push_target_unit ON push_target USING btree (unit, id);

CREATE TABLE quality_report (
    id text NOT NULL,
    entry text NOT NULL,
    version text,
    gate text NOT NULL,
    overall_ppm bigint,
    row_count bigint NOT NULL,
    at bigint NOT NULL,
    body text NOT NULL,
    CONSTRAINT quality_report_gate_check CHECK ((gate = ANY (ARRAY['open'::text, 'open-with-warnings'::text, 'blocked'::text]))),
    CONSTRAINT quality_report_pkey PRIMARY KEY (id)
);

CREATE INDEX quality_report_by_entry ON quality_report USING btree (entry, at);

CREATE UNIQUE INDEX quality_report_by_version ON quality_report USING btree (version);

CREATE TABLE quality_reveal (
    id text NOT NULL,
    at bigint NOT NULL,
    account text NOT NULL,
    entry text NOT NULL,
    rule text NOT NULL,
    version text NOT NULL,
    column_name text,
    first_row bigint NOT NULL,
    row_count bigint NOT NULL,
    reason text NOT NULL,
    leaf text NOT NULL,
    CONSTRAINT quality_reveal_row_count_check CHECK ((row_count > 0)),
    CONSTRAINT quality_reveal_pkey PRIMARY KEY (id)
);

CREATE INDEX quality_reveal_by_account ON quality_reveal USING btree (account, at);

CREATE TABLE quality_rule (
    id text NOT NULL,
    revision bigint NOT NULL,
    entry text NOT NULL,
    is_current bigint NOT NULL,
    is_retired bigint NOT NULL,
    body text NOT NULL,
    created_at bigint NOT NULL,
    created_by text NOT NULL,
    CONSTRAINT quality_rule_is_current_check CHECK ((is_current = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT quality_rule_is_retired_check CHECK ((is_retired = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT quality_rule_revision_check CHECK ((revision > 0)),
    CONSTRAINT quality_rule_pkey PRIMARY KEY (id, revision)
);

CREATE INDEX quality_rule_by_entry ON quality_rule USING btree (entry, is_current, is_retired, id);

CREATE TABLE recovery_code (
    account text NOT NULL,
    digest bytea NOT NULL,
    used bigint,
    CONSTRAINT recovery_code_account_fkey FOREIGN KEY (account) REFERENCES account(id),
    CONSTRAINT recovery_code_pkey PRIMARY KEY (account, digest)
);

CREATE TABLE refused_upload (
    id text NOT NULL,
    door text NOT NULL,
    digest text NOT NULL,
    bytes bigint NOT NULL,
    mark text NOT NULL,
    place text NOT NULL,
    party_id text,
    account_id text,
    at bigint NOT NULL,
    released_by text,
    released_at bigint,
    released_until bigint,
    release_reason text,
    CONSTRAINT refused_upload_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT refused_upload_check CHECK ((released_until > released_at)),
    CONSTRAINT refused_upload_check1 CHECK (((released_by IS NULL) = (released_at IS NULL))),
    CONSTRAINT refused_upload_check2 CHECK (((released_by IS NULL) = (released_until IS NULL))),
    CONSTRAINT refused_upload_check3 CHECK (((released_by IS NULL) = (release_reason IS NULL))),
    CONSTRAINT refused_upload_pkey PRIMARY KEY (id)
);

CREATE INDEX refused_upload_at ON refused_upload USING btree (at);

CREATE INDEX refused_upload_digest ON refused_upload USING btree (digest, door);

CREATE TABLE release (
    id text NOT NULL,
    grant_id text NOT NULL,
    revision bigint NOT NULL,
    entry text NOT NULL,
    version text NOT NULL,
    version_number bigint NOT NULL,
    provider text NOT NULL,
    recipient text NOT NULL,
    delivery text NOT NULL,
    state text NOT NULL,
    rows_reserved bigint NOT NULL,
    rows_out bigint,
    rows_withheld bigint,
    bytes bigint,
    sha256 text,
    problem text,
    requested_by text NOT NULL,
    authorised_at bigint NOT NULL,
    lease_until bigint NOT NULL,
    settled_at bigint,
    authorised_leaf text NOT NULL,
    settled_leaf text,
    receipt text,
    CONSTRAINT release_pkey PRIMARY KEY (id)
);

CREATE INDEX release_of_grant ON release USING btree (grant_id, id);

CREATE INDEX release_of_provider ON release USING btree (provider, id);

CREATE INDEX release_of_recipient ON release USING btree (recipient, id);

CREATE INDEX release_state ON release USING btree (state, lease_until);

CREATE TABLE release_answering (
    id text NOT NULL,
    seen_at bigint NOT NULL,
    CONSTRAINT release_answering_pkey PRIMARY KEY (id)
);

CREATE TABLE reminder_message (
    id text NOT NULL,
    receiver text NOT NULL,
    cause text NOT NULL,
    topics text NOT NULL,
    counts text NOT NULL,
    state text NOT NULL,
    made_at bigint NOT NULL,
    next_at bigint NOT NULL,
    lease_until bigint NOT NULL,
    tries bigint NOT NULL,
    ended_at bigint,
    bytes bigint,
    problem text,
    CONSTRAINT reminder_message_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'dropped'::text]))),
    CONSTRAINT reminder_message_pkey PRIMARY KEY (id)
);

CREATE INDEX reminder_message_next ON reminder_message USING btree (state, next_at);

CREATE INDEX reminder_message_of_receiver ON reminder_message USING btree (receiver, id);

CREATE TABLE reminder_receiver (
    id text NOT NULL,
    kind text NOT NULL,
    account text NOT NULL,
    post text,
    unit text,
    label text NOT NULL,
    host text NOT NULL,
    place bytea NOT NULL,
    state text NOT NULL,
    occasions text NOT NULL,
    days_before bigint NOT NULL,
    manner text NOT NULL,
    language text NOT NULL,
    next_at bigint NOT NULL,
    sent_at bigint,
    failures bigint NOT NULL,
    problem text,
    revision bigint NOT NULL,
    code bytea,
    code_until bigint,
    code_tries bigint NOT NULL,
    codes_since bigint NOT NULL,
    codes_sent bigint NOT NULL,
    CONSTRAINT reminder_receiver_kind_check CHECK ((kind = ANY (ARRAY['mail'::text, 'webhook'::text, 'wecom'::text]))),
    CONSTRAINT reminder_receiver_state_check CHECK ((state = ANY (ARRAY['unconfirmed'::text, 'active'::text, 'paused'::text, 'refused'::text]))),
    CONSTRAINT reminder_receiver_pkey PRIMARY KEY (id)
);

CREATE INDEX reminder_receiver_next ON reminder_receiver USING btree (state, next_at);

CREATE INDEX reminder_receiver_of_unit ON reminder_receiver USING btree (unit, id);

CREATE UNIQUE INDEX reminder_mail_of_account ON reminder_receiver USING btree (account) WHERE (kind = 'mail'::text);

CREATE TABLE reminder_told (
    receiver text NOT NULL,
    topic text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT reminder_told_pkey PRIMARY KEY (receiver, topic)
);

CREATE INDEX reminder_told_at ON reminder_told USING btree (at);

CREATE TABLE schedule (
    hook text NOT NULL,
    entry text NOT NULL,
    owner text NOT NULL,
    timing text NOT NULL,
    retries_max bigint NOT NULL,
    alert_after bigint NOT NULL,
    late_after bigint NOT NULL,
    state text NOT NULL,
    account text NOT NULL,
    post text,
    next_at bigint NOT NULL,
    due_at bigint,
    attempt text,
    is_settled bigint NOT NULL,
    failures bigint NOT NULL,
    retry_at bigint,
    succeeded_at bigint,
    problem text,
    revision bigint NOT NULL,
    CONSTRAINT schedule_attempt_fkey FOREIGN KEY (attempt) REFERENCES publication(id),
    CONSTRAINT schedule_hook_fkey FOREIGN KEY (hook) REFERENCES hook(id),
    CONSTRAINT schedule_pkey PRIMARY KEY (hook)
);

CREATE INDEX schedule_next ON schedule USING btree (next_at);

CREATE TABLE second_factor (
    account text NOT NULL,
    secret bytea NOT NULL,
    begun bigint NOT NULL,
    confirmed bigint,
    period_used bigint NOT NULL DEFAULT 0,
    CONSTRAINT second_factor_account_fkey FOREIGN KEY (account) REFERENCES account(id),
    CONSTRAINT second_factor_pkey PRIMARY KEY (account)
);

CREATE TABLE session (
    id text NOT NULL,
    account text NOT NULL,
    post text,
    secret_digest bytea NOT NULL,
    created bigint NOT NULL,
    seen bigint NOT NULL,
    expires bigint NOT NULL,
    confirmed_at bigint,
    address text,
    browser text,
    link text,
    is_strong bigint NOT NULL DEFAULT 0,
    CONSTRAINT session_is_strong_check CHECK ((is_strong = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT session_account_fkey FOREIGN KEY (account) REFERENCES account(id),
    CONSTRAINT session_post_fkey FOREIGN KEY (post) REFERENCES post(id),
    CONSTRAINT session_pkey PRIMARY KEY (id),
    CONSTRAINT session_secret_digest_key UNIQUE (secret_digest)
);

CREATE INDEX session_account ON session USING btree (account);

CREATE INDEX session_expires ON session USING btree (expires);

CREATE TABLE sharing_application (
    case_id text NOT NULL,
    applicant text NOT NULL,
    content text NOT NULL,
    CONSTRAINT sharing_application_case_id_fkey FOREIGN KEY (case_id) REFERENCES governed_case(id),
    CONSTRAINT sharing_application_pkey PRIMARY KEY (case_id)
);

CREATE INDEX sharing_application_by_applicant ON sharing_application USING btree (applicant, case_id);

CREATE TABLE sharing_request (
    case_id text NOT NULL,
    entry_id text NOT NULL,
    applicant text NOT NULL,
    provider text NOT NULL,
    wish text NOT NULL,
    offer text,
    grant_id text,
    replaces text,
    kept text,
    application text,
    application_place bigint,
    CONSTRAINT sharing_request_pkey PRIMARY KEY (case_id),
    CONSTRAINT sharing_request_grant_id_key UNIQUE (grant_id)
);

CREATE INDEX sharing_request_by_applicant ON sharing_request USING btree (applicant, case_id);

CREATE INDEX sharing_request_by_entry ON sharing_request USING btree (entry_id, case_id);

CREATE INDEX sharing_request_by_provider ON sharing_request USING btree (provider, case_id);

CREATE INDEX sharing_request_replacing ON sharing_request USING btree (replaces, case_id);

CREATE UNIQUE INDEX sharing_request_by_application ON sharing_request USING btree (application, application_place);

CREATE TABLE unit_list_line (
    name text NOT NULL,
    revision bigint NOT NULL,
    position bigint NOT NULL,
    answer text NOT NULL,
    becomes text NOT NULL,
    starts text,
    document text NOT NULL,
    comment text NOT NULL,
    source text NOT NULL,
    source_day text,
    changed_by text,
    changed_at bigint NOT NULL,
    CONSTRAINT unit_list_line_answer_check CHECK ((answer = ANY (ARRAY['same'::text, 'renamed'::text, 'merged'::text, 'unknown'::text]))),
    CONSTRAINT unit_list_line_revision_check CHECK ((revision > 0)),
    CONSTRAINT unit_list_line_pkey PRIMARY KEY (name, revision)
);

CREATE TABLE upload (
    id text NOT NULL,
    owner text NOT NULL,
    name text NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    uploaded_by text NOT NULL,
    uploaded_at bigint NOT NULL,
    CONSTRAINT upload_pkey PRIMARY KEY (id)
);

CREATE INDEX upload_of_owner ON upload USING btree (owner, uploaded_at);

CREATE TABLE version (
    id text NOT NULL,
    hook text NOT NULL,
    entry text NOT NULL,
    number bigint NOT NULL,
    rows bigint NOT NULL,
    rejected_rows bigint NOT NULL,
    columns text NOT NULL,
    content_digest text NOT NULL,
    manifest_digest text NOT NULL,
    source_fingerprint text NOT NULL,
    key_columns text NOT NULL,
    published_at bigint NOT NULL,
    published_by text NOT NULL,
    CONSTRAINT version_hook_fkey FOREIGN KEY (hook) REFERENCES hook(id),
    CONSTRAINT version_pkey PRIMARY KEY (id)
);

CREATE UNIQUE INDEX version_number_of_entry ON version USING btree (entry, number);
