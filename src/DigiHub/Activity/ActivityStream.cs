using DigiHub.Data;

namespace DigiHub.Activity;

/// <summary>The one way to write and to read what was done.</summary>
public static class ActivityStream
{
    extension(HubDb db)
    {
        public DbSet<ActivityEntry> Activity => db.Set<ActivityEntry>();

        /// <summary>Adds the act to the transaction it belongs to.</summary>
        /// <param name="id">Of a thing of the act's kind; a number is known only once a new row is saved.</param>
        /// <param name="detail">Cut to <see cref="ActivityEntry.DetailMax"/>.</param>
        /// <param name="onBehalfOf">Whose thing it is; kept only where that is another member than the actor.</param>
        public void Record<TKey>(
            Instant at, Guid? actorId, Act<TKey> act, TKey id, string? detail = null, FieldChanges? changes = null, Guid? onBehalfOf = null)
            where TKey : struct =>
            db.Record(at, actorId, act, act.Kind.Of(id), detail, changes, onBehalfOf);

        public void Record(Instant at, Guid? actorId, HubAct act, string? detail = null) =>
            db.Record(at, actorId, act, subject: null, detail, changes: null, onBehalfOf: null);

        /// <summary>What was done to one thing, the newest first.</summary>
        public IQueryable<ActivityEntry> ActivityOf(Subject subject, int max)
        {
            var (kind, id) = (subject.Kind, (Guid?)subject.Id);
            return db.Activity.AsNoTracking().Where(entry => entry.SubjectKind == kind && entry.SubjectId == id)
                .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(max);
        }

        /// <summary>When one act was done to several things of its kind, in no order; at most <paramref name="max"/>.</summary>
        public IQueryable<ActivityEntry> ActivityOf(Act<Guid> act, Guid[] ids, int max)
        {
            var (name, kind) = (act.Name, act.Kind.Name);
            return db.Activity.AsNoTracking()
                .Where(entry => entry.SubjectKind == kind
                    && EF.Parameter(ids).Contains(entry.SubjectId!.Value) && entry.Act == name).Take(max);
        }

        /// <summary>
        /// What was done after an entry, in the order of ids, the oldest first. An entry may appear behind newer ones when its transaction
        /// is committed later than theirs: a reader that must miss none begins again a minute before the last it has seen.
        /// </summary>
        public IQueryable<ActivityEntry> ActivityAfter(Guid entryId, int max) =>
            db.Activity.AsNoTracking().Where(entry => entry.Id.CompareTo(entryId) > 0).OrderBy(entry => entry.Id).Take(max);

        private void Record(
            Instant at, Guid? actorId, Act act, Subject? subject, string? detail, FieldChanges? changes, Guid? onBehalfOf) =>
            db.Activity.Add(new ActivityEntry
            {
                Id = Guid.CreateVersion7(at.ToDateTimeOffset()),
                At = at,
                ActorId = actorId,
                OnBehalfOfId = actorId is null || onBehalfOf == actorId ? null : onBehalfOf,
                Act = act.Name,
                SubjectKind = subject?.Kind,
                SubjectId = subject?.Id,
                Changes = changes?.ToString(),
                Detail = detail?.Length > ActivityEntry.DetailMax ? detail[..ActivityEntry.DetailMax] : detail,
            });
    }
}
