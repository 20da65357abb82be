// Every operation of the hub, called through the client that is made from its document: what does not compile, the document
// does not say. run.mjs compiles and runs it.
import createClient, { type Middleware } from 'openapi-fetch'
import type { components, paths } from './schema.js'

interface Hub {
  url: string
  tokens: { ada: string; bob: string; grace: string; frieda: string; alan: string }
  adaId: string
  bobId: string
  desk: number
  spree: number
  hall: number
  west: number
  asked: string
  released: string
  booth: number
  friedaId: string
  offered: string
  declined: string
}

type Schemas = components['schemas']

const day = '2026-11-24'
const anyVersion = { 'If-Match': '*' }
const kinds = ['desk', 'room', 'booth', 'lab'] satisfies Schemas['SpaceKind'][]
const topics = ['fintech', 'iot']
const parts = ['day', 'morning', 'afternoon'] satisfies Schemas['DayPart'][]
const outcomes = ['new', 'change', 'same', 'refused', 'skipped'] satisfies Schemas['RowOutcome'][]
const roles = ['organiser', 'front_desk', 'administrator', 'auditor', 'approver'] satisfies Schemas['Role'][]
const statuses = ['confirmed', 'waiting', 'cancelled'] satisfies Schemas['RegistrationStatus'][]

export async function everyOperation(hub: Hub, witness: Middleware): Promise<void> {
  const { tokens } = hub
  const [ada, bob, grace, frieda, alan] = [tokens.ada, tokens.bob, tokens.grace, tokens.frieda, tokens.alan].map(token => {
    const client = createClient<paths>({ baseUrl: hub.url, headers: { Authorization: `Bearer ${token}` } })
    client.use(witness)
    return client
  }) as [Client, Client, Client, Client, Client]

  await places(ada)
  await bookings(hub, ada, frieda)
  await series(hub, ada)
  await meetings(hub, ada, frieda)
  await checkIn(hub, ada)
  await waiting(hub, ada, bob, frieda)
  await swapsAndHandOvers(hub, ada, bob, frieda)
  await delegates(hub, bob, grace)
  await guests(hub, ada, frieda)
  await approvals(hub, ada, frieda, alan)
  await events(hub, ada, bob, grace)
  await organisations(hub, ada, bob, alan)
  await setUp(ada, alan)
  await settings(ada, alan)
  await closures(ada, alan)
  await people(hub, ada, alan)
  await operating(ada, alan)
  await reports(ada, alan)
  await imports(ada, alan)
  await floors(ada, alan)
  await rules(ada, alan)
  await pools(hub, ada, alan)
  await devices(hub, ada, alan)
  await presence(ada)
  await retirement(hub, ada, alan)
}

type Client = ReturnType<typeof createClient<paths>>

/** The body of an answer that had to be a yes. */
async function yes<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asked
  if (data === undefined) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(error)}`)
  return data
}

/** The code of an answer that had to be a no. */
async function no(asked: Promise<{ data?: unknown; error?: Schemas['Problem']; response: Response }>, code: string): Promise<void> {
  const { error, response } = await asked
  if (error?.code !== code) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(error)} instead of ${code}`)
}

async function places(ada: Client): Promise<void> {
  const sites = await yes(ada.GET('/api/v1/sites'))
  await yes(ada.GET('/api/v1/sites/{slug}', { params: { path: { slug: sites[0]!.slug } } }))
  const spaces = await yes(ada.GET('/api/v1/spaces', { params: { query: { limit: 1, people: 2, site: sites[0]!.slug } } }))
  await yes(ada.GET('/api/v1/spaces/{id}', { params: { path: { id: spaces.items[0]!.id } } }))
  for (const kind of kinds) {
    await yes(ada.GET('/api/v1/spaces', { params: { query: { kind } } }))
    await yes(ada.GET('/api/v1/availability', { params: { query: { site: 'east', day, kind } } }))
    const [start, end] = kind === 'desk' ? [`${day}T08:00`, `${day}T13:00`] : [`${day}T09:00`, `${day}T10:00`]
    await yes(ada.GET('/api/v1/availability/search', { params: { query: { start, end, kind } } }))
  }
  for (const part of parts) await yes(ada.GET('/api/v1/availability/search', { params: { query: { day, part, site: 'east', kind: 'desk', people: 1 } } }))
  await yes(ada.GET('/api/v1/availability', { params: { query: { site: 'east', day: '2026-11-29' } } })) // a Sunday
  await no(ada.GET('/api/v1/spaces/{id}', { params: { path: { id: 999_999 } } }), 'not_found')
  await no(ada.GET('/api/v1/spaces', { params: { query: { limit: 0 } } }), 'malformed_parameter')
}

async function bookings(hub: Hub, ada: Client, frieda: Client): Promise<void> {
  const room = await yes(ada.POST('/api/v1/bookings', {
    params: { header: { 'Idempotency-Key': 'room' } },
    body: {
      spaceId: hub.spree, start: `${day}T09:00`, end: `${day}T10:00`, day: null, part: null, through: null, title: 'Board', people: 3,
      reminderMinutesBefore: 30, reminderDayBeforeAt: '09:00', memberId: null,
    },
  }))
  const desk = await yes(ada.POST('/api/v1/bookings', {
    body: { spaceId: hub.desk, start: null, end: null, day, part: 'morning', title: null, people: null, reminderMinutesBefore: null, reminderDayBeforeAt: null },
  }))
  await yes(frieda.POST('/api/v1/bookings', { body: { spaceId: hub.west, day: '2026-11-25', through: '2026-11-26', memberId: hub.adaId } }))
  await no(ada.POST('/api/v1/bookings', { body: { spaceId: null } }), 'missing')
  await no(frieda.POST('/api/v1/bookings', { body: { spaceId: hub.spree, start: `${day}T09:00`, end: `${day}T10:00` } }), 'slot_taken')

  const path = { id: room.id }
  await yes(ada.PATCH('/api/v1/bookings/{id}', { params: { path, header: anyVersion }, body: { title: null, showsAtDoor: true, reminderDayBeforeAt: null, reminderMinutesBefore: null } }))
  await yes(ada.PATCH('/api/v1/bookings/{id}', { params: { path, header: anyVersion }, body: { title: 'Board', showsAtDoor: null } }))
  await no(ada.PATCH('/api/v1/bookings/{id}', { params: { path, header: { 'If-Match': '"99"' } }, body: { title: 'Late' } }), 'stale')
  await yes(ada.GET('/api/v1/bookings/{id}', { params: { path } }))
  await yes(ada.GET('/api/v1/bookings', { params: { query: { limit: 1, past: false } } }))
  await yes(ada.GET('/api/v1/availability', { params: { query: { site: 'east', day } } }))
  await yes(ada.DELETE('/api/v1/bookings/{id}', { params: { path, header: anyVersion } }))
  await yes(ada.DELETE('/api/v1/bookings/{id}', { params: { path: { id: desk.id }, header: anyVersion } }))
  await yes(ada.GET('/api/v1/bookings', { params: { query: { past: true } } }))
}

async function meetings(hub: Hub, ada: Client, frieda: Client): Promise<void> {
  const start = '2026-12-09T10:00', end = '2026-12-09T11:00'
  const query = { site: 'east', other: 'west', start, end }
  const free = await yes(ada.GET('/api/v1/meetings/free', { params: { query: { ...query, people: 2, otherPeople: 1 } } }))
  const [here, there] = [free.pairs[0]!.first.spaceId, free.pairs[0]!.second.spaceId]
  await no(ada.GET('/api/v1/meetings/free', { params: { query: { ...query, other: 'east' } } }), 'meeting_one_site')
  const rooms = [{ spaceId: here, people: null }, { spaceId: there, people: 1 }]
  const made = await yes(ada.POST('/api/v1/meetings', {
    params: { header: { 'Idempotency-Key': 'meeting' } }, body: { rooms, start, end, title: 'Both', memberId: null },
  }))
  await no(frieda.POST('/api/v1/meetings', { body: { rooms: [{ spaceId: here }, { spaceId: there }], start, end, title: null, memberId: hub.adaId } }), 'slot_taken')
  await no(ada.POST('/api/v1/meetings', { body: { rooms: [{ spaceId: here }], start, end } }), 'meeting_two_rooms')
  await yes(ada.GET('/api/v1/meetings/free', { params: { query } })) // taken, so with other times
  const path = { id: made.id }
  await yes(ada.GET('/api/v1/meetings/{id}', { params: { path } }))
  await no(ada.GET('/api/v1/meetings/{id}', { params: { path: { id: hub.asked } } }), 'not_found')
  await yes(ada.PATCH('/api/v1/bookings/{id}', { params: { path: { id: made.bookings[1]!.id }, header: anyVersion }, body: { start: '2026-12-09T14:00', end: '2026-12-09T15:00' } }))
  await yes(ada.DELETE('/api/v1/meetings/{id}', { params: { path } }))
  await no(ada.DELETE('/api/v1/meetings/{id}', { params: { path } }), 'already_cancelled')
}

async function checkIn(hub: Hub, ada: Client): Promise<void> {
  const path = { id: hub.asked }
  await yes(ada.POST('/api/v1/bookings/{id}/come-later', { params: { path, header: { 'Idempotency-Key': 'later' } } }))
  await yes(ada.POST('/api/v1/bookings/{id}/check-in', { params: { path } }))
  await no(ada.POST('/api/v1/bookings/{id}/extend', { params: { path }, body: { end: null } }), 'missing')
  await yes(ada.POST('/api/v1/bookings/{id}/extend', { params: { path }, body: { end: '2026-11-23T10:30' } }))
  await yes(ada.POST('/api/v1/bookings/{id}/end', { params: { path } }))
  await no(ada.POST('/api/v1/bookings/{id}/undo-release', { params: { path } }), 'not_released')
  await yes(ada.POST('/api/v1/bookings/{id}/undo-release', { params: { path: { id: hub.released } } }))
}

async function waiting(hub: Hub, ada: Client, bob: Client, frieda: Client): Promise<void> {
  const accepted = { id: hub.offered }, declined = { id: hub.declined }
  await yes(ada.GET('/api/v1/waiting-list/{id}', { params: { path: accepted } }))
  await yes(ada.POST('/api/v1/waiting-list/{id}/accept', { params: { path: accepted } }))
  await yes(ada.GET('/api/v1/waiting-list/{id}', { params: { path: accepted } }))
  await yes(ada.POST('/api/v1/waiting-list/{id}/decline', { params: { path: declined } }))
  await no(ada.POST('/api/v1/waiting-list/{id}/decline', { params: { path: declined } }), 'offer_over')
  await no(bob.POST('/api/v1/waiting-list/{id}/accept', { params: { path: declined } }), 'not_found')

  const at = '2026-12-03', slot = { start: `${at}T09:00`, end: `${at}T12:00` }
  const free = { day: null, part: null, through: null, kind: null, site: null, poolId: null, minutes: null, equipment: null, autoAccept: null, first: null }
  await no(ada.POST('/api/v1/waiting-list', { body: { spaceId: hub.spree, ...slot } }), 'free_now')
  await yes(bob.POST('/api/v1/bookings', { body: { spaceId: hub.spree, ...slot } }))
  await yes(bob.POST('/api/v1/bookings', { body: { spaceId: hub.west, day: at, part: 'morning' } }))
  await no(ada.POST('/api/v1/bookings', { body: { spaceId: hub.spree, ...slot } }), 'slot_taken')
  const exact = await yes(ada.POST('/api/v1/waiting-list', { body: { spaceId: hub.spree, ...slot, ...free, people: null, memberId: null } }))
  await yes(frieda.POST('/api/v1/waiting-list', { body: { spaceId: hub.spree, ...slot, memberId: hub.adaId, first: true } }))
  await yes(ada.POST('/api/v1/waiting-list', { body: { spaceId: hub.west, start: null, end: null, day: at, part: 'morning', autoAccept: true } }))
  await yes(ada.POST('/api/v1/waiting-list', { body: { spaceId: hub.west, day: at, through: '2026-12-04' } }))
  const hour = { start: `${at}T09:00`, end: `${at}T10:00` }
  await yes(bob.POST('/api/v1/bookings', { body: { spaceId: hub.booth, ...hour } }))
  await yes(ada.POST('/api/v1/waiting-list', { body: { spaceId: null, kind: 'booth', minutes: 60, people: 1, ...hour } }))
  await no(ada.POST('/api/v1/waiting-list', { body: { spaceId: null, site: 'nowhere', ...slot } }), 'unknown_site')
  await no(ada.POST('/api/v1/waiting-list', { body: { spaceId: null, kind: 'room', site: 'east', minutes: 60, equipment: ['screen'], people: 1000, ...slot } }), 'nothing_fits')
  await no(ada.POST('/api/v1/waiting-list', { body: { spaceId: hub.spree } }), 'missing')
  await yes(ada.GET('/api/v1/waiting-list'))
  await yes(ada.GET('/api/v1/waiting-list/{id}', { params: { path: { id: exact.id } } }))
  await yes(ada.DELETE('/api/v1/waiting-list/{id}', { params: { path: { id: exact.id } } }))
  await no(ada.DELETE('/api/v1/waiting-list/{id}', { params: { path: { id: exact.id } } }), 'waiting_over')
}

async function swapsAndHandOvers(hub: Hub, ada: Client, bob: Client, frieda: Client): Promise<void> {
  const mine = await yes(ada.POST('/api/v1/bookings', { body: { spaceId: hub.spree, start: '2026-12-07T14:00', end: '2026-12-07T15:00' } }))
  await yes(bob.POST('/api/v1/bookings', { body: { spaceId: hub.hall, start: '2026-12-07T09:00', end: '2026-12-07T10:00' } }))
  const swap = { bookingId: mine.id, spaceId: hub.hall, start: '2026-12-07T09:00' } satisfies Schemas['SwapInput']
  await no(ada.POST('/api/v1/swaps', { body: { ...swap, start: '2026-12-07T10:00' } }), 'nobody_has_that')
  for (const answer of ['decline', 'withdraw', 'accept'] as const) {
    const path = { id: (await yes(ada.POST('/api/v1/swaps', { body: swap }))).id }
    await yes(bob.GET('/api/v1/swaps/{id}', { params: { path } }))
    if (answer === 'decline') await yes(bob.POST('/api/v1/swaps/{id}/decline', { params: { path } }))
    else if (answer === 'withdraw') await yes(ada.POST('/api/v1/swaps/{id}/withdraw', { params: { path } }))
    else await yes(bob.POST('/api/v1/swaps/{id}/accept', { params: { path } }))
    await no(bob.POST('/api/v1/swaps/{id}/accept', { params: { path } }), 'proposal_over')
  }
  await yes(ada.GET('/api/v1/swaps'))

  const handOver = { bookingId: mine.id, memberId: hub.friedaId } satisfies Schemas['HandOverInput']
  await no(ada.POST('/api/v1/hand-overs', { body: { ...handOver, wholeSeries: true } }), 'nothing_ahead')
  await no(ada.POST('/api/v1/hand-overs', { body: { ...handOver, memberId: hub.bobId } }), 'not_a_colleague')
  for (const answer of ['decline', 'withdraw', 'accept'] as const) {
    const path = { id: (await yes(ada.POST('/api/v1/hand-overs', { body: { ...handOver, wholeSeries: null } }))).id }
    await yes(frieda.GET('/api/v1/hand-overs/{id}', { params: { path } }))
    if (answer === 'decline') await yes(frieda.POST('/api/v1/hand-overs/{id}/decline', { params: { path } }))
    else if (answer === 'withdraw') await yes(ada.POST('/api/v1/hand-overs/{id}/withdraw', { params: { path } }))
    else await yes(frieda.POST('/api/v1/hand-overs/{id}/accept', { params: { path } }))
  }
  await yes(frieda.GET('/api/v1/hand-overs'))
}

async function imports(ada: Client, alan: Client): Promise<void> {
  const content = 'Name;Seats\nSpree;9\n'
  await no(alan.POST('/api/v1/imports', { body: { kind: 'spaces', site: 'east', content: 'Name;Colour\nSpree;red\n' } }), 'unknown_column')
  await no(ada.POST('/api/v1/imports', { body: { kind: 'spaces', site: 'east', content } }), 'forbidden')
  const read = await yes(alan.POST('/api/v1/imports', {
    body: { kind: 'spaces', site: 'east', fileName: 'spaces.csv', content, columns: {}, format: 'csv' },
  }))
  const path = { importId: read.id }
  await yes(alan.GET('/api/v1/imports/{importId}', { params: { path } }))
  for (const outcome of outcomes)
    await yes(alan.GET('/api/v1/imports/{importId}/rows', { params: { path, query: { outcome, page: 1 } } }))
  await yes(alan.POST('/api/v1/imports/{importId}/apply', { params: { path }, body: { emails: false } }))
  await no(alan.POST('/api/v1/imports/{importId}/apply', { params: { path }, body: {} }), 'import_done')
  await yes(alan.POST('/api/v1/imports/{importId}/undo', { params: { path } }))
  const refused = await yes(alan.POST('/api/v1/imports', {
    body: { kind: 'organisations', site: null, fileName: null, columns: null, format: null, content: 'Name;Art\nNeu;Schloss\n' },
  }))
  const other = { importId: refused.id }
  await yes(alan.GET('/api/v1/imports/{importId}/rows', { params: { path: other, query: {} } }))
  await no(alan.POST('/api/v1/imports/{importId}/apply', { params: { path: other }, body: { emails: null } }), 'rows_refused')
  await yes(alan.GET('/api/v1/imports'))
  await no(alan.POST('/api/v1/imports', { body: { kind: 'bookings', site: 'east', format: 'ics', content: 'Name\nx\n' } }), 'file_not_csv')
  await yes(alan.GET('/api/v1/exports/{kind}.xlsx', {
    params: { path: { kind: 'bookings' }, query: { site: 'east' } }, parseAs: 'arrayBuffer',
  }))
  await yes(alan.GET('/api/v1/exports/{kind}.csv', { params: { path: { kind: 'organisations' }, query: {} }, parseAs: 'text' }))
}

async function floors(ada: Client, alan: Client): Promise<void> {
  const [floor] = await yes(ada.GET('/api/v1/floors'))
  const path = { id: floor!.id }
  const seen = await yes(ada.GET('/api/v1/floors/{id}/plan', { params: { path } }))
  const shapes = [
    { kind: 'zone', x: 1, y: 1, width: 4, height: 4, rotation: 0, nameDe: 'Ecke', nameEn: 'Corner' },
    { kind: 'wall', x: 1, y: 6, width: 4, height: 0, rotation: 0, nameDe: null, nameEn: null },
  ] satisfies Schemas['DrawnShape'][]
  const draft = await yes(alan.PATCH('/api/v1/floors/{id}/plan', {
    params: { path, header: anyVersion }, body: { columns: seen.columns, rows: seen.rows, places: seen.places, shapes },
  }))
  await no(alan.PATCH('/api/v1/floors/{id}/plan', {
    params: { path, header: anyVersion }, body: { columns: null, rows: null, places: null, shapes: null },
  }), 'cannot_be_removed')
  await no(ada.PATCH('/api/v1/floors/{id}/plan', { params: { path, header: anyVersion }, body: { columns: 40 } }), 'forbidden')
  await yes(alan.GET('/api/v1/floors/{id}/plan', { params: { path, query: { draft: true } } }))
  await yes(alan.POST('/api/v1/floors/{id}/plan/publish', {
    params: { path, header: { 'Idempotency-Key': 'plan' } }, body: { revision: draft.revision, despiteOverlaps: true },
  }))
  await no(alan.POST('/api/v1/floors/{id}/plan/publish', { params: { path }, body: { revision: null, despiteOverlaps: null } }), 'no_draft')
}

async function delegates(hub: Hub, bob: Client, grace: Client): Promise<void> {
  const delegateId = (await yes(grace.GET('/api/v1/me'))).id
  await no(bob.POST('/api/v1/me/delegations', { body: { delegateId: null, seesTitles: null, through: null } }), 'missing')
  await yes(bob.POST('/api/v1/me/delegations', { body: { delegateId, seesTitles: null, through: null } }))
  await yes(bob.POST('/api/v1/me/delegations', { body: { delegateId, seesTitles: true, through: '2026-12-31' } }))
  const booked = await yes(grace.POST('/api/v1/bookings', { body: { spaceId: hub.desk, day: '2026-12-07', memberId: hub.bobId } }))
  await yes(grace.DELETE('/api/v1/bookings/{id}', { params: { path: { id: booked.id }, header: anyVersion } }))
  const mine = await yes(grace.GET('/api/v1/me/delegations'))
  await yes(grace.DELETE('/api/v1/me/delegations/{id}', { params: { path: { id: mine.for[0]!.id } } }))
}

async function guests(hub: Hub, ada: Client, frieda: Client): Promise<void> {
  const booked = await yes(ada.POST('/api/v1/bookings', { body: { spaceId: hub.spree, start: '2026-11-23T15:00', end: '2026-11-23T16:00', people: 2 } }))
  const path = { id: booked.id }
  const added = await yes(ada.POST('/api/v1/bookings/{id}/guests', {
    params: { path }, body: { guests: [{ name: 'Ina', email: 'ina@example.net' }, { name: 'Oda', email: null }] },
  }))
  await no(ada.POST('/api/v1/bookings/{id}/guests', { params: { path }, body: { guests: null } }), 'guests_missing')
  await no(ada.POST('/api/v1/bookings/{id}/guests', { params: { path }, body: { guests: [{ name: null, email: null }] } }), 'name_missing')
  await yes(ada.GET('/api/v1/bookings/{id}/guests', { params: { path } }))
  const guest = { guestId: added.items[0]!.id }
  await yes(frieda.POST('/api/v1/guests/{guestId}/arrive', { params: { path: guest } }))
  await yes(frieda.GET('/api/v1/sites/{slug}/guests', { params: { path: { slug: 'east' }, query: { day: '2026-11-23' } } }))
  await yes(frieda.POST('/api/v1/guests/{guestId}/undo-arrival', { params: { path: guest } }))
  await yes(ada.DELETE('/api/v1/bookings/{id}/guests/{guestId}', { params: { path: { ...path, ...guest } } }))
  await yes(ada.DELETE('/api/v1/bookings/{id}', { params: { path, header: anyVersion } }))
}

async function approvals(hub: Hub, ada: Client, frieda: Client, alan: Client): Promise<void> {
  const path = { id: (await yes(alan.GET('/api/v1/rule-sets'))).find(one => one.nameEn === 'Rooms')!.id }
  await yes(alan.PATCH('/api/v1/rule-sets/{id}', { params: { path, header: anyVersion }, body: { needsApproval: true } }))
  const body = { spaceId: hub.spree, start: '2026-12-10T11:00', end: '2026-12-10T12:00' }
  const first = await yes(ada.POST('/api/v1/bookings', { body }))
  const own = await yes(frieda.POST('/api/v1/bookings', { body: { ...body, start: '2026-12-10T16:00', end: '2026-12-10T17:00' } }))
  const series = await yes(ada.POST('/api/v1/booking-series', {
    body: { spaceId: hub.spree, from: '2026-12-09', pattern: { kind: 'weekly', count: 2 }, start: '10:00', end: '11:00' },
  }))
  await no(ada.GET('/api/v1/approvals'), 'not_found')
  await yes(alan.GET('/api/v1/approvals'))
  const [one, other] = [{ id: first.approvalId! }, { id: own.approvalId! }]
  await no(alan.POST('/api/v1/approvals/{id}/decline', { params: { path: one }, body: { reason: null } }), 'reason_missing')
  await yes(alan.POST('/api/v1/approvals/{id}/decline', { params: { path: one }, body: { reason: 'Painters' } }))
  await yes(frieda.DELETE('/api/v1/bookings/{id}', { params: { path: { id: own.id }, header: anyVersion } }))
  await yes(alan.GET('/api/v1/approvals/{id}', { params: { path: other } }))
  const dates = (await yes(alan.GET('/api/v1/approvals'))).items.find(waiting => waiting.seriesId !== null)!
  await yes(alan.POST('/api/v1/approvals/{id}/approve', { params: { path: { id: dates.id } } }))
  await no(alan.POST('/api/v1/approvals/{id}/approve', { params: { path: { id: dates.id } } }), 'already_approved')
  await yes(ada.DELETE('/api/v1/booking-series/{id}', { params: { path: { id: series.id }, query: { scope: 'all_future' }, header: anyVersion } }))
  await yes(alan.PATCH('/api/v1/rule-sets/{id}', { params: { path, header: anyVersion }, body: { needsApproval: false } }))
}

async function rules(ada: Client, alan: Client): Promise<void> {
  const body = {
    nameDe: 'Kurz', nameEn: 'Short', granularity: 'minutes', stepMinutes: 15, minMinutes: 15, maxMinutes: 60, maxDays: 1,
    noticeMinutes: 0, horizonDays: 30, setUpMinutes: 0, tearDownMinutes: 0, checkInGraceMinutes: 15, checkInOpensMinutes: 15,
    sparesLongBookings: true, needsApproval: true, allowsWalkUps: true,
  } satisfies Schemas['RuleSetInput']
  const added = await yes(alan.POST('/api/v1/rule-sets', { params: { header: { 'Idempotency-Key': 'rules' } }, body }))
  await no(alan.POST('/api/v1/rule-sets', { body }), 'rules_name_taken')
  await no(ada.POST('/api/v1/rule-sets', { body }), 'forbidden')
  await yes(alan.GET('/api/v1/rule-sets'))
  const path = { id: added.id }
  await yes(alan.GET('/api/v1/rule-sets/{id}', { params: { path } }))
  await yes(alan.PATCH('/api/v1/rule-sets/{id}', { params: { path, header: anyVersion }, body: { maxMinutes: 120, checkInGraceMinutes: null } }))
  await no(alan.PATCH('/api/v1/rule-sets/{id}', {
    params: { path, header: anyVersion },
    body: {
      nameDe: null, nameEn: null, granularity: null, stepMinutes: null, minMinutes: null, maxMinutes: null, maxDays: null,
      noticeMinutes: null, horizonDays: null, setUpMinutes: null, tearDownMinutes: null, checkInOpensMinutes: null,
      sparesLongBookings: null, needsApproval: null, allowsWalkUps: null,
    },
  }), 'cannot_be_removed')
  await yes(alan.DELETE('/api/v1/rule-sets/{id}', { params: { path, header: anyVersion } }))
}

/** A screen is a browser: it shows a code on a page, and is known by its cookie. */
async function screen(hub: Hub): Promise<{ code: string; cookie: string }> {
  const answer = await fetch(`${hub.url}/device`)
  return {
    code: /id="code">([^<]+)</.exec(await answer.text())![1]!,
    cookie: answer.headers.get('set-cookie')!.split(';')[0]!,
  }
}

async function presence(ada: Client): Promise<void> {
  for (const shownTo of ['nobody', 'organisation', 'hub'] satisfies Schemas['PresenceAudience'][])
    await yes(ada.PUT('/api/v1/me/presence', { body: { shownTo } }))
  await yes(ada.GET('/api/v1/me'))
  await yes(ada.GET('/api/v1/sites/{slug}/presence', { params: { path: { slug: 'east' } } }))
  await yes(ada.GET('/api/v1/sites/{slug}/presence', { params: { path: { slug: 'east' }, query: { day } } }))
}

async function devices(hub: Hub, ada: Client, alan: Client): Promise<void> {
  const [door, lobby] = [await screen(hub), await screen(hub)]
  const first = await yes(alan.POST('/api/v1/devices', {
    params: { header: { 'Idempotency-Key': 'screen' } },
    body: { code: door.code, kind: 'door', site: 'east', spaceId: hub.spree, look: 'colour' },
  }))
  await yes(alan.POST('/api/v1/devices', { body: { code: lobby.code, kind: 'lobby', site: 'east', spaceId: null, look: 'ink' } }))
  await no(alan.POST('/api/v1/devices', { body: { code: lobby.code, kind: 'lobby', site: 'east', look: 'ink' } }), 'pairing_code_unknown')
  await no(ada.GET('/api/v1/devices'), 'forbidden')
  await fetch(`${hub.url}/lobby/east`, { headers: { cookie: lobby.cookie } })
  await yes(alan.GET('/api/v1/devices'))
  await yes(alan.DELETE('/api/v1/devices/{deviceId}', { params: { path: { deviceId: first.id } } }))
}

async function pools(hub: Hub, ada: Client, alan: Client): Promise<void> {
  const body = { site: 'east', kind: 'desk', nameDe: 'Am Fenster', nameEn: 'By the window' } satisfies Schemas['PoolInput']
  const added = await yes(alan.POST('/api/v1/pools', { params: { header: { 'Idempotency-Key': 'pool' } }, body }))
  await no(alan.POST('/api/v1/pools', { body }), 'pool_name_taken')
  await no(alan.POST('/api/v1/pools', { body: { site: 'east', kind: 'desk', nameDe: null, nameEn: null } }), 'name_missing')
  await no(ada.POST('/api/v1/pools', { body }), 'forbidden')
  await yes(ada.GET('/api/v1/pools'))
  await yes(ada.GET('/api/v1/pools', { params: { query: { site: 'east' } } }))
  const path = { id: added.id }
  await yes(ada.GET('/api/v1/pools/{id}', { params: { path } }))
  await yes(alan.PATCH('/api/v1/pools/{id}', { params: { path, header: anyVersion }, body: { nameDe: 'Fenster', nameEn: 'Window' } }))
  await no(alan.PATCH('/api/v1/pools/{id}', { params: { path, header: anyVersion }, body: { nameDe: null, nameEn: null } }), 'name_missing')
  await yes(alan.PUT('/api/v1/pools/{id}/spaces', { params: { path, header: anyVersion }, body: { spaceIds: [hub.desk] } }))
  await yes(ada.GET('/api/v1/availability/search', { params: { query: { day: '2026-12-02', site: 'east', kind: 'desk' } } }))
  const booked = await yes(ada.POST('/api/v1/bookings', { body: { poolId: added.id, day: '2026-12-02' } }))
  const waits = await yes(alan.POST('/api/v1/waiting-list', { body: { poolId: added.id, day: '2026-12-02' } }))
  await yes(alan.DELETE('/api/v1/waiting-list/{id}', { params: { path: { id: waits.id } } }))
  await no(ada.PATCH('/api/v1/bookings/{id}', {
    params: { path: { id: booked.id }, header: anyVersion }, body: { poolId: null },
  }), 'not_changeable')
  await no(alan.DELETE('/api/v1/pools/{id}', { params: { path, header: anyVersion } }), 'pool_in_use')
  await yes(ada.DELETE('/api/v1/bookings/{id}', { params: { path: { id: booked.id }, header: anyVersion } }))
  await yes(alan.PATCH('/api/v1/spaces/{id}', { params: { path: { id: hub.desk } }, body: { poolId: null } }))
  await yes(alan.PATCH('/api/v1/spaces/{id}', { params: { path: { id: hub.desk } }, body: { poolId: added.id } }))
  await yes(alan.DELETE('/api/v1/pools/{id}', { params: { path, header: anyVersion } }))
}

async function retirement(hub: Hub, ada: Client, alan: Client): Promise<void> {
  const path = { id: hub.west }
  const plan = await yes(alan.GET('/api/v1/spaces/{id}/retirement', { params: { path, query: { from: day } } }))
  await no(ada.POST('/api/v1/spaces/{id}/retirement', { params: { path }, body: { from: day } }), 'forbidden')
  await yes(ada.POST('/api/v1/bookings', { body: { spaceId: hub.desk, day: '2026-11-27' } }))
  await yes(alan.GET('/api/v1/spaces/{id}/retirement', { params: { path: { id: hub.desk }, query: { from: day } } }))
  const fates = plan.bookings.map(booking => ({ id: booking.id, spaceId: null }))
  await yes(alan.POST('/api/v1/spaces/{id}/retirement', {
    params: { path, header: { 'Idempotency-Key': 'retirement' } },
    body: { from: day, fates, cancelsTheRest: true, reasonDe: 'Umbau', reasonEn: 'Works' },
  }))
  await no(alan.POST('/api/v1/spaces/{id}/retirement', {
    params: { path }, body: { from: '2020-01-01', fates: null, cancelsTheRest: null, reasonDe: null, reasonEn: null },
  }), 'from_past')
}

async function organisations(hub: Hub, ada: Client, bob: Client, alan: Client): Promise<void> {
  const added = await yes(alan.POST('/api/v1/organisations', {
    params: { header: { 'Idempotency-Key': 'organisation' } }, body: { name: 'Büro Blau', kind: 'company' },
  }))
  const [path, kieztakt] = [{ slug: added.slug }, { slug: 'kieztakt' }]
  await no(alan.POST('/api/v1/organisations', { body: { name: null, kind: null } }), 'name_missing')
  await no(ada.POST('/api/v1/organisations', { body: { name: 'Mine', kind: 'company' } }), 'forbidden')
  await yes(alan.PATCH('/api/v1/organisations/{slug}', { params: { path }, body: { kind: 'research' } }))
  await yes(alan.GET('/api/v1/organisations', { params: { query: { search: 'kiez', retired: true, page: 1 } } }))
  await yes(alan.GET('/api/v1/organisations/{slug}', { params: { path } }))
  await yes(alan.GET('/api/v1/organisations/{slug}/people', { params: { path: kieztakt } }))
  const person = { slug: 'kieztakt', memberId: hub.adaId }
  await yes(alan.PATCH('/api/v1/organisations/{slug}/people/{memberId}', { params: { path: person }, body: { role: 'administrator' } }))
  await no(alan.PATCH('/api/v1/organisations/{slug}/people/{memberId}', { params: { path: person }, body: { role: null } }), 'cannot_be_removed')
  await no(ada.DELETE('/api/v1/organisations/{slug}/people/{memberId}', { params: { path: person } }), 'last_administrator')
  await yes(alan.PATCH('/api/v1/organisations/{slug}/people/{memberId}', { params: { path: { slug: 'institut-fuer-messwesen', memberId: hub.bobId } }, body: { role: 'member' } }))
  await no(alan.DELETE('/api/v1/organisations/{slug}/people/{memberId}', {
    params: { path: { slug: 'institut-fuer-messwesen', memberId: hub.bobId }, query: { bookings: 'cancel', handOverTo: hub.adaId } },
  }), 'colleague_unknown')
  await yes(alan.DELETE('/api/v1/organisations/{slug}/people/{memberId}', {
    params: { path: { slug: 'institut-fuer-messwesen', memberId: hub.bobId }, query: { bookings: 'keep' } },
  }))
  await no(alan.DELETE('/api/v1/organisations/{slug}/people/{memberId}', { params: { path: person, query: { bookings: 'cancel' } } }), 'last_administrator')
  const institute = { slug: 'institut-fuer-messwesen' }
  const links = await yes(ada.GET('/api/v1/me/calendar-links'))
  const ofLink = { calendarLinkId: links.items[0]!.id }
  await yes(ada.DELETE('/api/v1/me/calendar-links/{calendarLinkId}', { params: { path: ofLink } }))
  await no(ada.DELETE('/api/v1/me/calendar-links/{calendarLinkId}', { params: { path: ofLink } }), 'not_found')
  await yes(bob.GET('/api/v1/me/joinable-organisations'))
  await no(bob.POST('/api/v1/organisations/{slug}/join-requests', { params: { path: kieztakt } }), 'not_found')
  const first = await yes(bob.POST('/api/v1/organisations/{slug}/join-requests', { params: { path: institute } }))
  await yes(bob.GET('/api/v1/me/joinable-organisations'))
  await yes(alan.POST('/api/v1/organisations/{slug}/join-requests/{requestId}/decline', { params: { path: { ...institute, requestId: first.id } } }))
  await yes(bob.POST('/api/v1/organisations/{slug}/join-requests', { params: { path: institute } }))
  const asking = await yes(alan.GET('/api/v1/organisations/{slug}/join-requests', { params: { path: institute } }))
  const ofRequest = { ...institute, requestId: asking.items[0]!.id }
  await yes(alan.POST('/api/v1/organisations/{slug}/join-requests/{requestId}/accept', { params: { path: ofRequest } }))
  await no(alan.POST('/api/v1/organisations/{slug}/join-requests/{requestId}/accept', { params: { path: ofRequest } }), 'not_found')
  const domain = await yes(ada.POST('/api/v1/organisations/{slug}/domains', {
    params: { path: kieztakt, header: { 'Idempotency-Key': 'domain' } }, body: { domain: 'kieztakt.example' },
  }))
  await no(ada.POST('/api/v1/organisations/{slug}/domains', { params: { path: kieztakt }, body: { domain: 'gmail.com' } }), 'domain_open')
  await no(ada.POST('/api/v1/organisations/{slug}/domains', { params: { path: kieztakt }, body: { domain: null } }), 'domain_invalid')
  await yes(ada.GET('/api/v1/organisations/{slug}/domains', { params: { path: kieztakt } }))
  const ofDomain = { slug: 'kieztakt', domainId: domain.id }
  await yes(ada.POST('/api/v1/organisations/{slug}/domains/{domainId}/check', { params: { path: ofDomain } }))
  await no(ada.POST('/api/v1/organisations/{slug}/domains/{domainId}/check', { params: { path: ofDomain } }), 'checked_just_now')
  await yes(ada.DELETE('/api/v1/organisations/{slug}/domains/{domainId}', { params: { path: ofDomain } }))
  await yes(ada.POST('/api/v1/organisations/{slug}/invitations', {
    params: { path: kieztakt, header: { 'Idempotency-Key': 'invite' } },
    body: { addresses: ['lise@example.org', 'ada@example.org'], role: 'administrator', language: 'english' },
  }))
  await yes(ada.POST('/api/v1/organisations/{slug}/invitations', {
    params: { path: kieztakt }, body: { addresses: ['lise@example.org'], role: 'member', language: 'german' },
  }))
  const open = await yes(ada.GET('/api/v1/organisations/{slug}/invitations', { params: { path: kieztakt } }))
  await no(ada.POST('/api/v1/invitations', { body: { addresses: ['otto@example.org'] } }), 'forbidden')
  await no(alan.POST('/api/v1/invitations', { body: { addresses: null, role: null, language: null } }), 'addresses_missing')
  await yes(alan.POST('/api/v1/invitations', { body: { addresses: ['otto@example.org'] } }))
  await yes(alan.GET('/api/v1/invitations'))
  await no(ada.GET('/api/v1/join-requests'), 'forbidden')
  const visitors = await yes(alan.GET('/api/v1/join-requests'))
  const visitor = (index: number) => ({ visitorRequestId: visitors.items[index]!.id })
  await yes(alan.POST('/api/v1/join-requests/{visitorRequestId}/invite', { params: { path: visitor(0) }, body: { organisation: 'kieztakt' } }))
  await yes(alan.POST('/api/v1/join-requests/{visitorRequestId}/invite', { params: { path: visitor(1) }, body: { organisation: null } }))
  await no(alan.POST('/api/v1/join-requests/{visitorRequestId}/invite', { params: { path: visitor(1) }, body: { organisation: null } }), 'not_found')
  await yes(alan.POST('/api/v1/join-requests/{visitorRequestId}/decline', { params: { path: visitor(2) } }))
  await yes(ada.DELETE('/api/v1/invitations/{invitationId}', { params: { path: { invitationId: open.items[0]!.id } } }))
  await no(alan.POST('/api/v1/organisations/{slug}/retire', { params: { path }, body: { handOverTo: hub.adaId } }), 'colleague_unknown')
  await yes(alan.POST('/api/v1/organisations/{slug}/retire', { params: { path }, body: { bookings: 'cancel', handOverTo: null } }))
  await no(alan.POST('/api/v1/organisations/{slug}/retire', { params: { path }, body: { bookings: null } }), 'organisation_retired')
}

async function setUp(ada: Client, alan: Client): Promise<void> {
  const hours = [{ day: 'monday' as const, opens: '08:00:00', closes: '20:00:00' }]
  await no(ada.POST('/api/v1/sites', { body: { name: 'Mine' } }), 'forbidden')
  await no(alan.POST('/api/v1/sites', {
    body: { name: null, street: null, postCode: null, city: null, zone: null, holidays: null, colour: null, hours: null },
  }), 'name_missing')
  await yes(alan.POST('/api/v1/sites', { body: { name: 'Hub Nord', street: 'Hafenstraße 1', postCode: '13347', city: 'Berlin' } }))
  const site = await yes(alan.POST('/api/v1/sites', {
    body: {
      name: 'Hub Süd', street: 'Ufer 2', postCode: '12047', city: 'Berlin', zone: 'Europe/Berlin', holidays: 'be', colour: 'teal', hours,
    },
    params: { header: { 'Idempotency-Key': 'hub-sued' } },
  }))
  const path = { slug: site.slug }
  await yes(alan.PATCH('/api/v1/sites/{slug}', {
    params: { path },
    body: {
      name: 'Hub Süd', shortNameDe: 'Süd', shortNameEn: 'South', street: 'Ufer 3', postCode: '12047', city: 'Berlin', sign: 'S', colour: 'green',
      holidays: 'be', guestRouteDe: 'Links', guestRouteEn: 'Left', guestNetworkDe: 'Netz', guestNetworkEn: 'Network',
    },
  }))
  await yes(alan.PATCH('/api/v1/sites/{slug}', { params: { path }, body: {
    shortNameDe: null, shortNameEn: null, holidays: null, guestRouteDe: null, guestRouteEn: null, guestNetworkDe: null, guestNetworkEn: null,
  } }))
  for (const body of [{ name: null }, { street: null }, { postCode: null }, { city: null }, { sign: null }, { colour: null }])
    await no(alan.PATCH('/api/v1/sites/{slug}', { params: { path }, body }), 'cannot_be_removed')
  await yes(alan.PUT('/api/v1/sites/{slug}/hours', { params: { path }, body: { from: '2026-12-07', hours } }))
  const on = { ...path, date: '2026-12-11' }
  await no(alan.PUT('/api/v1/sites/{slug}/special-hours/{date}', {
    params: { path: on }, body: { opens: '10:00:00', closes: '14:00:00', reasonDe: null, reasonEn: null },
  }), 'reason_missing')
  await yes(alan.PUT('/api/v1/sites/{slug}/special-hours/{date}', {
    params: { path: on }, body: { opens: '10:00:00', closes: '14:00:00', reasonDe: 'Fest', reasonEn: 'Party' },
  }))
  await yes(alan.DELETE('/api/v1/sites/{slug}/special-hours/{date}', { params: { path: on } }))
  await no(alan.POST('/api/v1/sites/{slug}/spaces', {
    params: { path }, body: { level: 1, desks: null, firstDesk: null, rooms: null, deskRulesId: null, roomRulesId: null },
  }), 'nothing_to_add')
  const [rules] = await yes(alan.GET('/api/v1/rule-sets'))
  const spaces = await yes(alan.POST('/api/v1/sites/{slug}/spaces', {
    params: { path }, body: { level: 1, desks: 2, firstDesk: 'S1-01', rooms: ['Panke, 6'], deskRulesId: rules!.id, roomRulesId: rules!.id },
  }))
  const id = { id: spaces[0]!.id }
  await yes(alan.PATCH('/api/v1/spaces/{id}', {
    params: { path: id },
    body: { name: 'S1-09', zoneDe: 'Fenster', zoneEn: 'Window', capacity: 1, equipment: [], rulesId: rules!.id, isOffered: true },
  }))
  await yes(alan.PATCH('/api/v1/spaces/{id}', { params: { path: id }, body: { zoneDe: null, zoneEn: null } }))
  for (const body of [{ name: null }, { capacity: null }, { equipment: null }, { rulesId: null }, { isOffered: null }])
    await no(alan.PATCH('/api/v1/spaces/{id}', { params: { path: id }, body }), 'cannot_be_removed')
}

async function settings(ada: Client, alan: Client): Promise<void> {
  await no(ada.GET('/api/v1/settings'), 'forbidden')
  await yes(alan.GET('/api/v1/settings'))
  await yes(alan.PUT('/api/v1/settings/{setting}', { params: { path: { setting: 'Mail:KeepDays' } }, body: { value: '90' } }))
  await no(alan.PUT('/api/v1/settings/{setting}', { params: { path: { setting: 'Mail:KeepDays' } }, body: { value: '0' } }), 'setting_out_of_bounds')
  await yes(alan.PUT('/api/v1/settings/{setting}', { params: { path: { setting: 'Mail:KeepDays' } }, body: { value: null } }))
  await yes(alan.PUT('/api/v1/settings/{setting}', { params: { path: { setting: 'Mail:KeepDays' } }, body: {} }))
}

async function closures(ada: Client, alan: Client): Promise<void> {
  const path = { slug: 'hub-nord' }
  const days = { from: '2026-12-28', through: '2026-12-30' }
  await no(ada.POST('/api/v1/sites/{slug}/closures', { params: { path }, body: { ...days, reasonDe: 'Umbau' } }), 'forbidden')
  await no(alan.POST('/api/v1/sites/{slug}/closures', { params: { path }, body: { ...days, reasonDe: null, reasonEn: null } }), 'reason_missing')
  const closure = await yes(alan.POST('/api/v1/sites/{slug}/closures', {
    params: { path, header: { 'Idempotency-Key': 'closure' } }, body: { ...days, reasonDe: 'Umbau', reasonEn: 'Works' },
  }))
  const one = { ...path, closureId: closure.id }
  await yes(alan.PATCH('/api/v1/sites/{slug}/closures/{closureId}', {
    params: { path: one }, body: { from: '2026-12-28', through: '2026-12-31', reasonDe: 'Umbau', reasonEn: null },
  }))
  await yes(alan.PATCH('/api/v1/sites/{slug}/closures/{closureId}', { params: { path: one }, body: { reasonDe: null, reasonEn: 'Works' } }))
  for (const body of [{ from: null }, { through: null }])
    await no(alan.PATCH('/api/v1/sites/{slug}/closures/{closureId}', { params: { path: one }, body }), 'cannot_be_removed')
  await yes(alan.DELETE('/api/v1/sites/{slug}/closures/{closureId}', { params: { path: one } }))

  const spaces = await yes(alan.GET('/api/v1/spaces', { params: { query: { site: 'hub-sued' } } }))
  const id = { id: spaces.items[0]!.id }
  const time = { from: '2026-12-14T08:00', until: '2026-12-14T12:00' }
  await no(ada.POST('/api/v1/spaces/{id}/closures', { params: { path: id }, body: { ...time, reasonDe: 'Kaputt' } }), 'not_found')
  await no(alan.POST('/api/v1/spaces/{id}/closures', { params: { path: id }, body: { ...time, reasonDe: null, reasonEn: null } }), 'reason_missing')
  const out = await yes(alan.POST('/api/v1/spaces/{id}/closures', { params: { path: id }, body: { ...time, reasonDe: 'Kaputt', reasonEn: 'Broken' } }))
  await yes(ada.GET('/api/v1/spaces/{id}/closures', { params: { path: id } }))
  await yes(alan.DELETE('/api/v1/spaces/{id}/closures/{closureId}', { params: { path: { ...id, closureId: out.id } } }))
  await yes(ada.GET('/api/v1/equipment'))
}

async function people(hub: Hub, ada: Client, alan: Client): Promise<void> {
  await no(ada.GET('/api/v1/members'), 'forbidden')
  for (const role of roles) await yes(alan.GET('/api/v1/members', { params: { query: { role, disabled: false, page: 1, search: 'bob' } } }))
  const path = { memberId: hub.bobId }
  await yes(alan.GET('/api/v1/members/{memberId}', { params: { path } }))
  const role = { ...path, role: 'front_desk' }
  await yes(alan.PUT('/api/v1/members/{memberId}/grants/{role}', { params: { path: role }, body: { site: 'west', through: '2026-12-31' } }))
  await yes(alan.PUT('/api/v1/members/{memberId}/grants/{role}', { params: { path: role }, body: { site: null, through: null } }))
  await yes(alan.DELETE('/api/v1/members/{memberId}/grants/{role}', { params: { path: role, query: { site: 'west' } } }))
  await yes(alan.DELETE('/api/v1/members/{memberId}/grants/{role}', { params: { path: role } }))
  await yes(alan.DELETE('/api/v1/members/{memberId}/sessions', { params: { path } }))
  await yes(alan.PATCH('/api/v1/members/{memberId}', { params: { path }, body: { isDisabled: true } }))
  await yes(alan.PATCH('/api/v1/members/{memberId}', { params: { path }, body: { isDisabled: false } }))
  await no(alan.PATCH('/api/v1/members/{memberId}', { params: { path }, body: { isDisabled: null } }), 'cannot_be_removed')

  await yes(ada.GET('/api/v1/me'))
  await yes(alan.GET('/api/v1/me'))
  await yes(ada.GET('/api/v1/me/sessions'))
  await no(ada.DELETE('/api/v1/me/sessions/{session}', { params: { path: { session: 'none' } } }), 'not_found')
  await yes(ada.DELETE('/api/v1/me/sessions/{session}', { params: { path: { session: 'all' } } }))
}

async function reports(ada: Client, alan: Client): Promise<void> {
  await no(ada.GET('/api/v1/reports/use'), 'forbidden')
  await no(alan.GET('/api/v1/reports/use', { params: { query: { site: 'nowhere' } } }), 'not_found')
  for (const span of ['four_weeks', 'quarter', 'year'] as const)
    for (const hoursOf of ['desk', 'room', 'booth', 'lab'] as const)
      for (const site of ['east', 'west'])
        await yes(alan.GET('/api/v1/reports/use', { params: { query: { site, span, hoursOf } } }))
}

async function operating(ada: Client, alan: Client): Promise<void> {
  await no(ada.GET('/api/v1/audit'), 'forbidden')
  const acts = await yes(alan.GET('/api/v1/audit', { params: { query: { who: 'ada', kind: 'booking', site: 'east', from: '2026-11-01', through: '2026-12-31' } } }))
  await yes(alan.GET('/api/v1/audit', { params: { query: { cursor: acts.items[0]!.id } } }))
  await yes(alan.GET('/api/v1/audit', { params: { query: { kind: 'hub' } } }))
  await no(alan.GET('/api/v1/audit', { params: { query: { kind: 'weather' } } }), 'unknown_kind')
  const jobs = await yes(alan.GET('/api/v1/work'))
  await yes(alan.POST('/api/v1/work/{job}', { params: { path: { job: jobs.items[0]!.name } } }))
  await no(alan.POST('/api/v1/work/{job}', { params: { path: { job: 'nothing' } } }), 'not_found')
}

async function series(hub: Hub, ada: Client): Promise<void> {
  const weekly = {
    spaceId: hub.spree, from: day, start: '08:00', end: '09:00',
    pattern: { kind: 'weekly', every: 1, weekdays: ['tuesday'], count: 4, until: null, dayOfMonth: null, nth: null, weekday: null, extra: [], excluded: [] },
  } satisfies Schemas['SeriesInput']
  const seen = await yes(ada.POST('/api/v1/booking-series/preview', { body: {
    ...weekly, title: null, people: null, part: null, reminderMinutesBefore: null, reminderDayBeforeAt: null, memberId: null, fromBookingId: null, token: null,
  } }))
  const made = await yes(ada.POST('/api/v1/booking-series', { body: {
    ...weekly, title: 'Jour fixe', people: 2, memberId: hub.adaId, reminderMinutesBefore: 30, reminderDayBeforeAt: '18:00', token: seen.token,
  } }))
  // The last Friday of the months to come, in the days that can be booked; the hub is closed on some of its weekdays.
  const monthly = {
    spaceId: hub.spree, from: day, start: '11:00', end: '12:00', skipsImpossible: true,
    pattern: { kind: 'monthly_by_weekday', nth: -1, weekday: 'friday', until: '2026-12-31', extra: ['2026-12-01'], excluded: ['2026-12-25'] },
  } satisfies Schemas['SeriesInput']
  await yes(ada.POST('/api/v1/booking-series', { body: monthly }))
  await yes(ada.POST('/api/v1/booking-series', { body: { ...monthly, start: '13:00', end: '14:00', pattern: { kind: 'monthly_by_date', dayOfMonth: 2, count: null, until: '2026-12-20' } } }))
  const desks = await yes(ada.POST('/api/v1/booking-series', { body: {
    spaceId: hub.desk, from: '2026-12-14', part: 'morning', pattern: { kind: 'daily', every: 7, count: 3 },
    choices: [{ date: '2026-12-21', skip: true, spaceId: null, start: null, end: null }],
  } }))
  await yes(ada.POST('/api/v1/booking-series/preview', { body: { ...weekly, start: '21:00', end: '23:00', skipsClosedDays: false } }))
  await yes(ada.POST('/api/v1/booking-series/preview', { body: {
    ...weekly, choices: [{ date: day, spaceId: hub.spree, start: '15:00', end: '16:00' }], pattern: { kind: 'daily', count: 8 },
  } }))
  await no(ada.POST('/api/v1/booking-series/preview', { body: { ...weekly, start: null } }), 'malformed_time')
  await no(ada.POST('/api/v1/booking-series', { body: weekly }), 'dates_impossible')
  const single = await yes(ada.POST('/api/v1/bookings', { body: { spaceId: hub.spree, start: `${day}T17:00`, end: `${day}T18:00` } }))
  await no(ada.POST('/api/v1/booking-series', { body: { ...weekly, start: '17:00', end: '18:00', from: '2026-12-01', fromBookingId: single.id } }), 'pattern_without_booking')
  await yes(ada.POST('/api/v1/booking-series', { body: { ...weekly, start: '17:00', end: '18:00', fromBookingId: single.id } }))
  await yes(ada.POST('/api/v1/bookings/cancel-several', { body: { ids: [single.id] } }))
  await no(ada.POST('/api/v1/bookings/cancel-several', { body: { ids: [] } }), 'nothing_chosen')
  await yes(ada.GET('/api/v1/booking-series'))
  const path = { id: made.id }
  const whole = await yes(ada.GET('/api/v1/booking-series/{id}', { params: { path } }))
  await yes(ada.GET('/api/v1/booking-series/{id}', { params: { path: { id: desks.id } } }))
  await yes(ada.GET('/api/v1/bookings/{id}', { params: { path: { id: whole.bookings[0]!.id } } }))
  const following = { scope: 'this_and_following', date: '2026-12-08', start: '14:00', end: '15:00' } satisfies Schemas['SeriesPatch']
  const change = await yes(ada.POST('/api/v1/booking-series/{id}/preview', { params: { path }, body: following }))
  await no(ada.PATCH('/api/v1/booking-series/{id}', { params: { path, header: { 'If-Match': '"99"' } }, body: following }), 'stale')
  await yes(ada.PATCH('/api/v1/booking-series/{id}', { params: { path, header: anyVersion }, body: { ...following, token: change.token } }))
  await yes(ada.PATCH('/api/v1/booking-series/{id}', { params: { path, header: anyVersion }, body: {
    scope: 'all_future', date: null, start: null, end: null, part: null, pattern: null, title: null, reminderMinutesBefore: null,
    reminderDayBeforeAt: null, people: null, token: null,
  } }))
  await yes(ada.PATCH('/api/v1/booking-series/{id}', { params: { path: { id: desks.id }, header: anyVersion }, body: {
    scope: 'all_future', part: 'afternoon', spaceId: hub.desk, title: 'My Mondays', reminderMinutesBefore: 15, reminderDayBeforeAt: '17:00', people: 1,
    pattern: { kind: 'weekly', count: 2 }, choices: [],
  } }))
  await yes(ada.DELETE('/api/v1/booking-series/{id}', { params: { path, query: { scope: 'this', date: day, endsRunning: true }, header: anyVersion } }))
  await yes(ada.DELETE('/api/v1/booking-series/{id}', { params: { path: { id: desks.id }, query: { scope: 'this_and_following', date: '2026-12-14' }, header: anyVersion } }))
  await yes(ada.DELETE('/api/v1/booking-series/{id}', { params: { path, query: { scope: 'all_future' }, header: anyVersion } }))
}

async function events(hub: Hub, ada: Client, bob: Client, grace: Client): Promise<void> {
  const draft = await yes(grace.POST('/api/v1/events', {
    body: {
      titleEnglish: 'Talk', titleGerman: 'Vortrag', textEnglish: 'About.', textGerman: 'Über.', topic: 'iot', format: 'hybrid', site: 'east',
      spaceId: hub.hall, joinLink: 'https://video.example/1', start: '2026-11-23T18:00', end: '2026-11-23T20:00', capacity: 1,
      registrationOpens: '2026-11-20T09:00', registrationCloses: '2026-11-23T17:00', setUpMinutes: 30, tearDownMinutes: 30,
      reminders: [{ daysBefore: 1, at: '09:00', hoursBefore: null }, { daysBefore: null, at: null, hoursBefore: 2 }], note: null,
    },
  }))
  const online = await yes(grace.POST('/api/v1/events', {
    body: {
      titleEnglish: 'Online', titleGerman: null, textEnglish: null, textGerman: null, topic: null, format: 'online', site: null, spaceId: null,
      joinLink: 'https://video.example/2', start: '2026-12-02T18:00', end: null, capacity: null, registrationOpens: null, registrationCloses: null,
      setUpMinutes: null, tearDownMinutes: null, reminders: null,
    },
  }))
  const german = await yes(grace.POST('/api/v1/events', { body: { titleEnglish: null, titleGerman: 'Ohne Raum', format: 'online', joinLink: null, start: '2026-12-03T18:00' } }))
  await no(grace.POST('/api/v1/events', { body: { titleEnglish: 'When?', format: null, start: null } }), 'start_missing')
  await no(ada.POST('/api/v1/events', { body: { titleEnglish: 'Mine' } }), 'forbidden')
  await no(grace.POST('/api/v1/events/{id}/publish', { params: { path: { id: german.id } } }), 'join_link_missing')

  const path = { id: draft.id }
  for (const id of [draft.id, online.id]) await yes(grace.POST('/api/v1/events/{id}/publish', { params: { path: { id } } }))
  const seat = await yes(ada.POST('/api/v1/events/{eventId}/registrations', { params: { path: { eventId: draft.id }, header: { 'Idempotency-Key': 'seat' } } }))
  await yes(ada.POST('/api/v1/events/{eventId}/registrations', { params: { path: { eventId: draft.id } } }))
  const waiting = await yes(bob.POST('/api/v1/events/{eventId}/registrations', { params: { path: { eventId: draft.id } } }))
  await yes(grace.PATCH('/api/v1/events/{id}', { params: { path, header: anyVersion }, body: { start: '2026-11-23T18:30', note: 'Half an hour later.' } }))
  await yes(grace.PATCH('/api/v1/events/{id}', { params: { path, header: anyVersion }, body: { textEnglish: null, registrationOpens: null } }))
  await yes(grace.GET('/api/v1/events/{id}', { params: { path } }))
  await yes(ada.GET('/api/v1/events/{id}', { params: { path } }))
  await yes(ada.GET('/api/v1/events', { params: { query: { limit: 1, from: day, through: '2026-12-31', site: 'east' } } }))
  for (const topic of topics) await yes(ada.GET('/api/v1/events', { params: { query: { topic } } }))
  await yes(ada.GET('/api/v1/events', { params: { query: { limit: 1 } } }))
  await yes(ada.GET('/api/v1/availability', { params: { query: { site: 'east', day: '2026-11-23' } } }))

  for (const status of statuses) await yes(grace.GET('/api/v1/events/{eventId}/registrations', { params: { path: { eventId: draft.id }, query: { status } } }))
  await yes(grace.GET('/api/v1/events/{eventId}/registrations', { params: { path: { eventId: draft.id }, query: { limit: 1, search: 'a' } } }))
  await yes(ada.GET('/api/v1/registrations'))
  await yes(bob.GET('/api/v1/registrations/{id}', { params: { path: { id: waiting.id } } }))
  await no(grace.POST('/api/v1/registrations/{id}/check-in', { params: { path: { id: waiting.id } } }), 'still_waiting')
  await yes(grace.POST('/api/v1/registrations/{id}/check-in', { params: { path: { id: seat.id } } }))
  await yes(ada.DELETE('/api/v1/registrations/{id}', { params: { path: { id: seat.id }, header: anyVersion } }))
  await yes(grace.POST('/api/v1/events/{id}/cancel', { params: { path }, body: { note: 'The speaker is ill.' } }))
  await yes(grace.POST('/api/v1/events/{id}/cancel', { params: { path: { id: online.id } }, body: { note: null } }))
}
