"""Một Cửa QR: dossiers by QR code for local government, from the poster to the signed result.

The map of the house, from the roof down; a floor may import only what lies below it:

    cli, demo, app, worker, reactions      start, wire, and who reacts to what
    targets                                the leader's figures
    workbench, outreach                    the officer at the counter and in the neighbourhood
    intake, tracking, feedback             the citizen hands in, follows, rates
    notices, results                       slips and letters, results
    forwarding                             the electronic one-stop system (một cửa điện tử)
    payments                               obligations, attempts, money events
    dossiers                               the record (hồ sơ) and its state machine
    attachments, qr                        papers (giấy tờ), poster codes
    catalogue, people, places              procedures, officers, units and calendars
    platform                               database, outbox, vault, files, HTTP
"""
