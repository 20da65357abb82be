using DigiHub.Access;

namespace DigiHub.Events;

/// <summary>Who may do what with an event. Visitors (null) may do nothing.</summary>
internal static class EventAccess
{
    extension(Event evt)
    {
        /// <summary>By its organiser while they may host at its site, and by who edits all events there.</summary>
        public bool MayBeEditedBy(Viewer? viewer) => viewer is not null && (viewer.May(Permission.EditAllEvents, evt.SiteId)
            || (evt.OrganiserId == viewer.MemberId && viewer.May(Permission.HostEvents, evt.SiteId)));

        /// <summary>Seeing who comes and checking them in: by who may edit it, and by the front desk of its site.</summary>
        public bool MayBeReceivedBy(Viewer? viewer) =>
            viewer is not null && (evt.MayBeEditedBy(viewer) || viewer.May(Permission.ReceiveAttendees, evt.SiteId));
    }

    extension(IQueryable<Event> events)
    {
        /// <summary>The same as <see cref="MayBeEditedBy"/>, asked of the database.</summary>
        public IQueryable<Event> EditableBy(Viewer viewer)
        {
            var (all, own, memberId) = (viewer.Where(Permission.EditAllEvents), viewer.Where(Permission.HostEvents), viewer.MemberId);
            if (all.Ids is not { } anybodys)
                return events;
            return own.Ids is { } owns
                ? events.Where(evt => EF.Parameter(anybodys).Contains(evt.SiteId)
                    || (evt.OrganiserId == memberId && EF.Parameter(owns).Contains(evt.SiteId)))
                : events.Where(evt => EF.Parameter(anybodys).Contains(evt.SiteId) || evt.OrganiserId == memberId);
        }
    }
}
