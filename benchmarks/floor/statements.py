"""The raw SQL of the floor: the same facts as the page, asked for as directly as PostgreSQL lets."""

# The first page of what is overdue, by owner: what each row of the dashboard's table shows.
OVERDUE = """
    SELECT r.slug, r.reference, r.title, f.number, f.due_on, f.original_due_on, f.times_moved, u.full_name, b.name,
           (SELECT max(p.said_on) FROM recommendations_progressupdate p WHERE p.recommendation_id = r.id)
    FROM recommendations_followupreport f
    JOIN recommendations_recommendation r ON r.id = f.recommendation_id
    JOIN recommendations_board b ON b.id = r.board_id
    LEFT JOIN recommendations_user u ON u.id = r.owner_id
    WHERE f.submitted_on IS NULL AND f.waived_on IS NULL AND f.due_on < current_date
    ORDER BY u.full_name, f.due_on, f.id LIMIT 25
"""
REPORTS = """
    SELECT count(*) FILTER (WHERE due_on < current_date),
           count(*) FILTER (WHERE due_on BETWEEN current_date AND current_date + 28), min(due_on)
    FROM recommendations_followupreport WHERE submitted_on IS NULL AND waived_on IS NULL
"""
ANSWERS = """
    SELECT count(*) FILTER (WHERE due_on < current_date),
           count(*) FILTER (WHERE due_on BETWEEN current_date AND current_date + 28), count(*) FILTER (WHERE due_on IS NULL)
    FROM recommendations_response WHERE answer IN ('awaiting', 'noted')
"""
# By progress and lateness (late, late or soon; neither is known without a date): the counts and the table of what is open.
STANDING = """
    SELECT progress, due_on < current_date, due_on <= current_date + 28, count(*), count(*) FILTER (WHERE owner_id IS NULL)
    FROM recommendations_recommendation WHERE closed_on IS NULL GROUP BY 1, 2, 3
"""
ITEM = """
    SELECT r.id, r.reference, r.title, r.text, r.kind, r.progress, r.due_on, r.original_due_on, r.times_moved, r.closed_on,
           r.outcome_note, u.full_name, b.name, i.title, m.held_on
    FROM recommendations_recommendation r
    JOIN recommendations_board b ON b.id = r.board_id
    JOIN recommendations_agendaitem i ON i.id = r.item_id
    JOIN recommendations_meeting m ON m.id = i.meeting_id
    LEFT JOIN recommendations_user u ON u.id = r.owner_id
    WHERE r.slug = %s
"""
HISTORY = """
    SELECT h.history_date, h.history_type, h.history_change_reason, h.progress, h.due_on, o.full_name, u.full_name
    FROM recommendations_historicalrecommendation h
    LEFT JOIN recommendations_user u ON u.id = h.history_user_id LEFT JOIN recommendations_user o ON o.id = h.owner_id
    WHERE h.id = %(key)s
    UNION ALL
    SELECT h.history_date, h.history_type, h.history_change_reason, h.answer, h.due_on, h.addressee, u.full_name
    FROM recommendations_historicalresponse h LEFT JOIN recommendations_user u ON u.id = h.history_user_id
    WHERE h.recommendation_id = %(key)s
    UNION ALL
    SELECT h.history_date, h.history_type, h.history_change_reason, h.verdict, h.due_on, h.text, u.full_name
    FROM recommendations_historicalfollowupreport h LEFT JOIN recommendations_user u ON u.id = h.history_user_id
    WHERE h.recommendation_id = %(key)s
    UNION ALL
    SELECT h.history_date, h.history_type, h.history_change_reason, h.text, h.said_on, '', u.full_name
    FROM recommendations_historicalprogressupdate h LEFT JOIN recommendations_user u ON u.id = h.history_user_id
    WHERE h.recommendation_id = %(key)s
    UNION ALL
    SELECT h.history_date, h.history_type, h.history_change_reason, h.decision, h.to_on, h.reason, u.full_name
    FROM recommendations_historicaldatechange h LEFT JOIN recommendations_user u ON u.id = h.history_user_id
    WHERE h.recommendation_id = %(key)s
    UNION ALL
    SELECT h.history_date, h.history_type, h.history_change_reason, w.name, NULL, p.text, u.full_name
    FROM recommendations_historicalevidence h LEFT JOIN recommendations_user u ON u.id = h.history_user_id
    LEFT JOIN recommendations_witness w ON w.id = h.witness_id
    LEFT JOIN recommendations_discussionpoint p ON p.id = h.point_id
    WHERE h.recommendation_id = %(key)s
    ORDER BY 1 DESC
"""
ANSWERS_OF = """
    SELECT addressee, answer, due_on, answered_on, reasons FROM recommendations_response WHERE recommendation_id = %s
"""
REPORTS_OF = """
    SELECT number, due_on, submitted_on, verdict, text FROM recommendations_followupreport WHERE recommendation_id = %s
"""
EVIDENCE_OF = """
    SELECT p.text, w.name FROM recommendations_evidence e
    LEFT JOIN recommendations_discussionpoint p ON p.id = e.point_id
    LEFT JOIN recommendations_witness w ON w.id = e.witness_id WHERE e.recommendation_id = %s
"""
WORK = """
    SELECT r.slug, r.reference, r.title, r.progress, r.due_on, b.name, f.number, f.due_on
    FROM recommendations_recommendation r
    JOIN recommendations_board b ON b.id = r.board_id
    LEFT JOIN recommendations_followupreport f
        ON f.recommendation_id = r.id AND f.submitted_on IS NULL AND f.waived_on IS NULL
    WHERE r.owner_id = %s AND r.closed_on IS NULL ORDER BY coalesce(f.due_on, r.due_on), r.id
"""
SEARCH = """
    SELECT s.kind, s.heading, s.body, r.slug, r.reference, r.title
    FROM recommendations_searchable s LEFT JOIN recommendations_recommendation r ON r.id = s.recommendation_id
    WHERE s.stems @@ websearch_to_tsquery('english', %s)
    ORDER BY ts_rank(s.stems, websearch_to_tsquery('english', %s)) DESC, s.id LIMIT 25
"""
LOCK = "SELECT id, progress, version FROM recommendations_recommendation WHERE slug = %s FOR UPDATE"
CHANGE = "UPDATE recommendations_recommendation SET progress = %s, version = version + 1 WHERE id = %s"
