using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DigiHub.Access;
using DigiHub.Bookings;
using DigiHub.Bookings.Approvals;
using DigiHub.Bookings.Guests;
using DigiHub.Bookings.Proposals;
using DigiHub.Bookings.Series;
using DigiHub.Bookings.Waiting;
using DigiHub.Calendars;
using DigiHub.Calendars.Links;
using DigiHub.Claims;
using DigiHub.Displays;
using DigiHub.Events;
using DigiHub.Imports;
using DigiHub.Keys;
using DigiHub.Mail;
using DigiHub.Members;
using DigiHub.Memberships;
using DigiHub.Notifications;
using DigiHub.Organisations;
using DigiHub.Privacy;
using DigiHub.Registrations;
using DigiHub.Reminders;
using DigiHub.Sites;
using DigiHub.Spaces;
using DigiHub.Tests;
using DigiHub.Time;
using DigiHub.Web.Tests.Mail;
using DigiHub.Web.Tests.Notifications;
using DigiHub.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Web.Tests.Fuzz;

/// <summary>
/// Rows behind each address: Grace's event and draft, Ada's booking and registration, an e-mail, a webhook, an organisation
/// that Grace administrates and that Ada and Bob belong to. Written again where earlier
/// acts may have removed them. On an empty hub there are none.
/// </summary>
internal sealed class FuzzRows(WebTestHub testHub, bool isEmpty)
{
    private readonly Guid talk = new("019a0000-0000-7000-8000-00000000000a"), draft = new("019a0000-0000-7000-8000-00000000000b");
    private readonly Guid notification = new("019a0000-0000-7000-8000-00000000000c"), mine = new("019a0000-0000-7000-8000-00000000000d");
    private readonly Guid invitation = new("019a0000-0000-7000-8000-000000000012");
    private readonly Guid domain = new("019a0000-0000-7000-8000-000000000014");
    private readonly Guid link = new("019a0000-0000-7000-8000-000000000017");
    private readonly Guid visitor = new("019a0000-0000-7000-8000-000000000016");
    private readonly Guid joining = new("019a0000-0000-7000-8000-000000000015");
    private readonly Guid import = new("019a0000-0000-7000-8000-000000000013");
    private readonly Guid declined = new("019a0000-0000-7000-8000-000000000010"), asked = new("019a0000-0000-7000-8000-000000000011");
    private const int ClosureId = 70_001, PoolId = 70_002;
    private static readonly string picture = new('a', PlanPicture.HashLength);
    private readonly Guid coming = new("019a0000-0000-7000-8000-000000000015");
    private readonly Guid booking = new("019a0000-0000-7000-8000-00000000000e");
    private readonly Guid meeting = new("019a0000-0000-7000-8000-000000000031");
    private readonly Guid meetingElsewhere = new("019a0000-0000-7000-8000-000000000032");
    private readonly Guid waits = new("019a0000-0000-7000-8000-000000000021"), handedOver = new("019a0000-0000-7000-8000-000000000022");
    private readonly Guid offerEmail = new("019a0000-0000-7000-8000-000000000023");
    private readonly Guid proposalEmail = new("019a0000-0000-7000-8000-000000000024");
    private readonly Guid series = new("019a0000-0000-7000-8000-000000000014");
    private readonly Guid approval = new("019a0000-0000-7000-8000-000000000016"), request = new("019a0000-0000-7000-8000-000000000017");
    private readonly Guid guest = new("019a0000-0000-7000-8000-000000000018"), delegation = new("019a0000-0000-7000-8000-000000000019");
    private readonly Guid device = new("019a0000-0000-7000-8000-00000000001b");
    private readonly Guid waiting = new("019a0000-0000-7000-8000-00000000001a");
    private Guid webhook = new("019a0000-0000-7000-8000-00000000000f");
    private Guid? first;
    private TokenSigner signers = null!;

    public int Space => isEmpty ? 1 : testHub.Cast.Spree.Id;

    public async Task Write()
    {
        signers = await testHub.Services.GetRequiredService<HubTokenSigner>().Get();
        if (isEmpty)
            return;
        await using (var db = testHub.OpenDb())
        {
            await db.Notifications.ExecuteDeleteAsync();
            await db.Registrations.ExecuteDeleteAsync();
            await db.Claims.ExecuteDeleteAsync();
            await db.WaitingEntries.ExecuteDeleteAsync();
            await db.BookingProposals.ExecuteDeleteAsync();
            await db.BookingGuests.ExecuteDeleteAsync();
            await db.Bookings.ExecuteDeleteAsync();
            await db.Approvals.ExecuteDeleteAsync();
            await db.Delegations.ExecuteDeleteAsync();
            await db.BookingSeries.Where(one => one.ContinuesId != null).ExecuteDeleteAsync();
            await db.BookingSeries.ExecuteDeleteAsync();
            await db.Events.ExecuteDeleteAsync();
            await db.WebhookEndpoints.ExecuteDeleteAsync();
            await db.Set<AddressCheck>().ExecuteDeleteAsync();
            await db.Set<AddressChange>().ExecuteDeleteAsync();
            await db.Set<Suppression>().ExecuteDeleteAsync();
            await db.Set<Closure>().ExecuteDeleteAsync();
            await db.Pools.ExecuteDeleteAsync();
            await db.Devices.ExecuteDeleteAsync();
            await db.Pairings.ExecuteDeleteAsync();
            await db.FloorPlans.ExecuteUpdateAsync(row => row.SetProperty(one => one.Picture, (string?)null));
            await db.Set<PlanPicture>().ExecuteDeleteAsync();
            await db.Memberships.ExecuteDeleteAsync();
            await db.Invitations.ExecuteDeleteAsync();
            await db.OrganisationDomains.ExecuteDeleteAsync();
            await db.MembershipRequests.ExecuteDeleteAsync();
            await db.JoinRequests.ExecuteDeleteAsync();
            await db.AccessTokens.Where(token => token.Use == TokenUse.CalendarLink).ExecuteDeleteAsync();
            await db.Imports.ExecuteDeleteAsync();
            var deleted = db.Erasures.Select(one => one.MemberId); // who is disabled otherwise stays so
            await db.Members.Where(member => deleted.Contains(member.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.DisabledAt, (Instant?)null));
            await db.Erasures.ExecuteDeleteAsync();
            await db.Sites.ExecuteUpdateAsync(row => row.SetProperty(one => one.RetiredAt, (Instant?)null));
            await db.Spaces.Where(space => space.RetiredFrom != null).ExecuteUpdateAsync(row => row
                .SetProperty(one => one.RetiredFrom, (LocalDate?)null).SetProperty(one => one.IsOffered, true));
            await db.Organisations.ExecuteUpdateAsync(row => row.SetProperty(one => one.RetiredAt, (Instant?)null));
        }

        var cast = testHub.Cast;
        await testHub.Lay([.. new[] { cast.Ada, cast.Bob, cast.Grace }.Select(member => Membership.Of(member.Id, cast.Institute.Id,
            TestHub.Opening, member == cast.Grace ? MembershipRole.Administrator : MembershipRole.Member))]);
        var starts = TestHub.Opening + Duration.FromDays(9);
        var evt = DueEmails.NewEvent(cast, TestHub.Opening, starts, talk);
        var written = DueEmails.NewEvent(cast, TestHub.Opening, starts, draft);
        (written.Status, written.PublishedAt) = (EventStatus.Draft, null);
        var registration = DueEmails.NewRegistration(evt, mine, cast.Ada.Email);
        registration.MemberId = cast.Ada.Id;
        await testHub.Lay(new PlanPicture { Hash = picture, MediaType = "image/svg+xml", Bytes = "<svg/>"u8.ToArray() });
        await testHub.Lay([evt, written, registration, OneEmail(starts), AreYouComing(starts), .. Asked(starts)]);
        await testHub.Lay(new Device
        {
            Id = device,
            SiteId = cast.East.Id,
            Kind = DeviceKind.Lobby,
            Look = DeviceLook.Colour,
            TokenHash = DigiHub.Keys.RandomToken.Hash("screen"),
            PairedAt = TestHub.Opening,
        });
        await testHub.Lay(AdasBooking());
        await testHub.Lay(AdasMeeting());
        await testHub.Lay(AdaWaits());
        await testHub.Lay(Approvals());
        var hook = await testHub.Services.GetRequiredService<WebhookEndpoints>().Add(
            cast.Grace.Id, "Hook", "https://hooks.example/x", WebhookShape.Standard, ["booking.created"], CancellationToken.None);
        webhook = hook.IsDone ? hook.Value.Endpoint.Id : webhook;
        await testHub.Lay(new WebhookDelivery
        {
            Id = notification,
            EndpointId = webhook,
            Type = "booking.created",
            Body = "{}",
            At = TestHub.Opening,
            NextAttemptAt = TestHub.Opening,
            State = WebhookState.Failed,
        });
        first ??= webhook;
    }

    /// <summary>A booking of Ada's that waits for Alan, her guest, and Frieda for whom she books.</summary>
    private object[] Approvals()
    {
        var (cast, start) = (testHub.Cast, new LocalDateTime(2026, 11, 26, 9, 0));
        var span = new Span(Instant.FromUtc(2026, 11, 26, 8, 0), Instant.FromUtc(2026, 11, 26, 9, 0));
        return
        [
            new Approval
            {
                Id = approval, SiteId = cast.Spree.SiteId, SpaceId = cast.Spree.Id, AskedAt = TestHub.Opening,
                LapsesAt = TestHub.Opening + Duration.FromDays(2), ToldAt = TestHub.Opening,
            },
            new Booking
            {
                Id = waiting, SpaceId = cast.Spree.Id, SiteId = cast.Spree.SiteId, MemberId = cast.Ada.Id, BookedById = cast.Ada.Id,
                StartLocal = start, EndLocal = start.PlusHours(1), Start = span.Start, End = span.End, CreatedAt = TestHub.Opening,
                ApprovalId = approval, ApproveBy = TestHub.Opening + Duration.FromDays(2),
            },
            new ApprovalRequest { Id = request, ApprovalId = approval, ApproverId = cast.Alan.Id, AskedAt = TestHub.Opening },
            new BookingGuest
            {
                Id = guest, BookingId = booking, Name = PersonName.Of("Ina"), Language = Language.German, AddedAt = TestHub.Opening,
            },
            new Delegation { Id = delegation, MemberId = cast.Frieda.Id, DelegateId = cast.Ada.Id, GrantedAt = TestHub.Opening },
        ];
    }

    // Without asking the rules: what was sent before may have changed the hours, the rules and the rooms of the hub.
    private object[] AdasBooking()
    {
        var (space, start) = (testHub.Cast.Spree, new LocalDateTime(2026, 11, 24, 9, 0));
        var span = new Span(Instant.FromUtc(2026, 11, 24, 8, 0), Instant.FromUtc(2026, 11, 24, 9, 0));
        return [
            new BookingSeries
            {
                Id = series,
                SpaceId = space.Id,
                SiteId = space.SiteId,
                MemberId = testHub.Cast.Ada.Id,
                BookedById = testHub.Cast.Ada.Id,
                Pattern = Recurrence.Typed(
                    new() { Kind = RecurrenceKind.Weekly, Weekdays = [start.DayOfWeek], Count = 4 }, start.Date).Value,
                FromDate = start.Date,
                Times = SeriesTimes.Between(start.TimeOfDay, start.TimeOfDay.PlusHours(1)),
                Reminder = ReminderChoice.AsUsual,
                CreatedAt = TestHub.Opening,
            },
            new Booking
            {
                Id = booking,
                SeriesId = series,
                SeriesDate = start.Date,
                SpaceId = space.Id,
                SiteId = space.SiteId,
                MemberId = testHub.Cast.Ada.Id,
                BookedById = testHub.Cast.Ada.Id,
                StartLocal = start,
                EndLocal = start.PlusHours(1),
                Start = span.Start,
                End = span.End,
                CheckInBy = span.Start + Duration.FromMinutes(15),
                CreatedAt = TestHub.Opening,
            },
            .. space.Units.Select(unit => new Claim
            {
                Id = Guid.CreateVersion7(),
                UnitId = unit.UnitId,
                Start = span.Start,
                End = span.End,
                TakenAt = TestHub.Opening,
                Holder = Booking.Subject.Of(booking),
            }),
        ];
    }

    /// <summary>A room at each of two sites.</summary>
    private object[] AdasMeeting()
    {
        var (cast, start) = (testHub.Cast, new LocalDateTime(2026, 11, 27, 9, 0));
        var (first, second) = (Part(meeting, cast.Spree), Part(meetingElsewhere, cast.Havel));
        Booking.Meet(first, second);
        return [first, second];

        Booking Part(Guid id, Space space) => new()
        {
            Id = id,
            SpaceId = space.Id,
            SiteId = space.SiteId,
            MemberId = cast.Ada.Id,
            BookedById = cast.Ada.Id,
            StartLocal = start,
            EndLocal = start.PlusHours(1),
            Start = Instant.FromUtc(2026, 11, 27, 8, 0),
            End = Instant.FromUtc(2026, 11, 27, 9, 0),
            CreatedAt = TestHub.Opening,
        };
    }

    /// <summary>Ada waits for a room that is held for her, and is asked to take over what she has, which nothing forbids here.</summary>
    private object[] AdaWaits()
    {
        var (ada, space, start) = (testHub.Cast.Ada, testHub.Cast.Spree, new LocalDateTime(2026, 11, 25, 9, 0));
        var from = Instant.FromUtc(2026, 11, 25, 8, 0);
        return
        [
            new WaitingEntry
            {
                Id = waits,
                MemberId = ada.Id,
                CreatedById = ada.Id,
                SpaceId = space.Id,
                SiteId = space.SiteId,
                Kind = space.Kind,
                FromLocal = start,
                UntilLocal = start.PlusHours(1),
                JoinedAt = TestHub.Opening,
                EndsAt = from,
                WishKey = "rows",
            },
            new WaitingOffer
            {
                Id = waits,
                EntryId = waits,
                MemberId = ada.Id,
                SpaceId = space.Id,
                StartLocal = start,
                EndLocal = start.PlusHours(1),
                Start = from,
                End = from + Duration.FromHours(1),
                OfferedAt = TestHub.Opening,
                Until = from,
            },
            new BookingProposal
            {
                Id = handedOver,
                Kind = ProposalKind.HandOver,
                BookingId = booking,
                FromMemberId = ada.Id,
                ToMemberId = ada.Id,
                AskedById = ada.Id,
                Sequence = 0,
                AskedAt = TestHub.Opening,
                AnswerBy = from,
            },
            EmailAbout(offerEmail, WaitingNotifications.Offered, WaitingOffer.Subject.Of(waits), from),
            EmailAbout(proposalEmail, ProposalNotifications.HandOverProposed, BookingProposal.Subject.Of(handedOver), from),
        ];
    }

    private Notification EmailAbout(Guid id, NotificationType type, DigiHub.Activity.Subject about, Instant notAfter) => new()
    {
        Id = id,
        Type = type,
        Purpose = $"{type}",
        RecipientName = testHub.Cast.Ada.Name,
        RecipientEmail = testHub.Cast.Ada.Email,
        Language = Language.German,
        MemberId = testHub.Cast.Ada.Id,
        SubjectKind = about.Kind,
        SubjectId = about.Id,
        WrittenAt = TestHub.Opening,
        DueAt = TestHub.Opening,
        NextAttemptAt = TestHub.Opening,
        NotAfter = notAfter,
    };

    /// <summary>The address of a form as it was found, with what stands there now in place of what stood there then.</summary>
    public string Now(string path) => first is null ? path
        : path.Replace(first.Value.ToString(), webhook.ToString(), StringComparison.Ordinal);

    /// <summary>What stands for a parameter of an address; a new kind of address needs a line here.</summary>
    public string ValueOf(string pattern, string parameter)
    {
        var path = pattern.TrimStart('/').ToLowerInvariant();
        return parameter.ToLowerInvariant() switch
        {
            "registrationid" => mine.ToString(),
            "deliveryid" => notification.ToString(),
            "eventid" => talk.ToString(),
            "id" when path.StartsWith("organise/{id:guid}/delete", StringComparison.Ordinal) => draft.ToString(),
            "id" when path.StartsWith("organise/", StringComparison.Ordinal)
                || path.StartsWith("api/v1/events/", StringComparison.Ordinal) => talk.ToString(),
            "id" when path.StartsWith("my-registrations/", StringComparison.Ordinal)
                || path.StartsWith("api/v1/registrations/", StringComparison.Ordinal) => mine.ToString(),
            "id" when path.StartsWith("bookings/series/", StringComparison.Ordinal)
                || path.StartsWith("api/v1/booking-series/", StringComparison.Ordinal) => series.ToString(),
            "id" when path.StartsWith("api/v1/meetings/", StringComparison.Ordinal) => meeting.ToString(),
            "id" when path.StartsWith("api/v1/waiting-list/", StringComparison.Ordinal) => waits.ToString(),
            "id" when path.StartsWith("api/v1/swaps/", StringComparison.Ordinal)
                || path.StartsWith("api/v1/hand-overs/", StringComparison.Ordinal) => handedOver.ToString(),
            "key" when path.StartsWith("offers/", StringComparison.Ordinal) => signers.Close(TokenPurpose.WaitingOffer, offerEmail),
            "key" when path.StartsWith("proposals/link/", StringComparison.Ordinal) =>
                signers.Close(TokenPurpose.BookingProposal, proposalEmail),
            "id" when path.StartsWith("bookings/", StringComparison.Ordinal)
                || path.StartsWith("api/v1/bookings/", StringComparison.Ordinal) => booking.ToString(),
            "id" when path.StartsWith("admin/outbox/", StringComparison.Ordinal) => notification.ToString(),
            "id" when path.StartsWith("admin/suspended/", StringComparison.Ordinal) => asked.ToString(),
            "id" when path.StartsWith("admin/closures/", StringComparison.Ordinal) => ClosureId.ToString(CultureInfo.InvariantCulture),
            "id" when path.StartsWith("admin/people/", StringComparison.Ordinal) => testHub.Cast.Bob.Id.ToString(),
            "id" when path.StartsWith("admin/rules/", StringComparison.Ordinal)
                || path.StartsWith("api/v1/rule-sets/", StringComparison.Ordinal) =>
                testHub.Cast.RoomRules.Id.ToString(CultureInfo.InvariantCulture),
            "id" when path.StartsWith("admin/pools/", StringComparison.Ordinal)
                || path.StartsWith("api/v1/pools/", StringComparison.Ordinal) => PoolId.ToString(CultureInfo.InvariantCulture),
            "id" when path.StartsWith("webhooks/", StringComparison.Ordinal) => webhook.ToString(),
            "id" when path.StartsWith("mail/", StringComparison.Ordinal) => "nothing",
            "id" when path.StartsWith("api/v1/spaces/", StringComparison.Ordinal) =>
                testHub.Cast.Spree.Id.ToString(CultureInfo.InvariantCulture),
            "id" when path.StartsWith("floors/", StringComparison.Ordinal)
                || path.StartsWith("admin/floors/", StringComparison.Ordinal)
                || path.StartsWith("api/v1/floors/", StringComparison.Ordinal) =>
                testHub.Cast.Desk.FloorId.ToString(CultureInfo.InvariantCulture),
            "slug" when path.StartsWith("api/v1/organisations", StringComparison.Ordinal)
                || path.StartsWith("admin/organisations", StringComparison.Ordinal)
                || path.StartsWith("organisation/", StringComparison.Ordinal) => testHub.Cast.Institute.Slug,
            "closureid" when path.StartsWith("api/v1/spaces/", StringComparison.Ordinal) => asked.ToString(),
            "closureid" => ClosureId.ToString(CultureInfo.InvariantCulture),
            "role" => "organiser",
            "job" => "purge-expired",
            "session" => "all",
            "kind" => "organisations",
            "table" => "spaces",
            "setting" => "Mail:KeepDays",
            "date" => "2026-12-04",
            "section" => "mail",
            "importid" => import.ToString(),
            "id" when path.StartsWith("admin/import/", StringComparison.Ordinal) => import.ToString(),
            "invitationid" => invitation.ToString(),
            "domainid" => domain.ToString(),
            "deviceid" => device.ToString(),
            "id" when path.StartsWith("rooms/", StringComparison.Ordinal) => testHub.Cast.Spree.Id.ToString(CultureInfo.InvariantCulture),
            "id" when path.StartsWith("door/", StringComparison.Ordinal) => testHub.Cast.Spree.Id.ToString(CultureInfo.InvariantCulture),
            "requestid" => joining.ToString(),
            "calendarlinkid" => link.ToString(),
            "visitorrequestid" => visitor.ToString(),
            "token" when path.StartsWith("invitation/", StringComparison.Ordinal) => signers.Close(TokenPurpose.Invitation, invitation),
            "memberid" => testHub.Cast.Ada.Id.ToString(),
            "id" when path.StartsWith("organisation/", StringComparison.Ordinal) => testHub.Cast.Ada.Id.ToString(),
            "slug" when path.StartsWith("api/v1/sites", StringComparison.Ordinal)
                || path.StartsWith("lobby/", StringComparison.Ordinal)
                || path.StartsWith("admin/sites/", StringComparison.Ordinal) => "east",
            "hash" => picture,
            "slug" => $"{talk:N}",
            "name" => "east",
            "type" => "registration_confirmed",
            "language" => "de",
            "status" => "404",
            "documentname" => "v1",
            "code" => signers.Close(TokenPurpose.Ticket, mine),
            "token" when path.StartsWith("sign-in", StringComparison.Ordinal) => signers.Close(TokenPurpose.SignIn, mine),
            "token" => signers.Close(TokenPurpose.Unsubscribe, mine),
            "key" when path.StartsWith("registrations/", StringComparison.Ordinal) => signers.Close(TokenPurpose.ManageRegistration, mine),
            "key" when path.StartsWith("addresses/", StringComparison.Ordinal) => signers.Close(TokenPurpose.ConfirmAddress, asked),
            "key" when path.StartsWith("account/address/", StringComparison.Ordinal) => signers.Close(TokenPurpose.ChangeAddress, asked),
            "key" when path.StartsWith("declines/", StringComparison.Ordinal) => signers.Close(TokenPurpose.ConfirmDecline, declined),
            "key" when path.StartsWith("coming/", StringComparison.Ordinal) => signers.Close(TokenPurpose.CheckIn, coming),
            "key" when path.StartsWith("approve/", StringComparison.Ordinal) => signers.Close(TokenPurpose.Approval, request),
            "key" when path.StartsWith("guest/", StringComparison.Ordinal) => signers.Close(TokenPurpose.Guest, guest),
            "guestid" => guest.ToString(),
            "id" when path.StartsWith("api/v1/approvals/", StringComparison.Ordinal) => approval.ToString(),
            "id" when path.StartsWith("api/v1/me/delegations/", StringComparison.Ordinal) => delegation.ToString(),
            "id" when path.StartsWith("s/", StringComparison.Ordinal) => Space.ToString(CultureInfo.InvariantCulture),
            "key" when path.StartsWith("preferences/", StringComparison.Ordinal) => signers.Close(TokenPurpose.Unsubscribe, mine),
            _ => "x",
        };
    }

    /// <summary>What somebody asked for and did not settle yet, an address that gets no e-mails, a closed day.</summary>
    private IEnumerable<object> Asked(Instant starts)
    {
        var ada = testHub.Cast.Ada;
        yield return new AddressCheck
        {
            Id = asked,
            RegistrationId = mine,
            Email = ada.Email,
            AskedAt = TestHub.Opening,
            ExpiresAt = TestHub.Opening + AddressCheck.Life,
        };
        yield return new AddressChange
        {
            Id = asked,
            MemberId = ada.Id,
            Email = ada.Email,
            SecurityStamp = "",
            ExpiresAt = TestHub.Opening + AddressChange.Life,
        };
        yield return new OrganisationDomain
        {
            Id = domain,
            OrganisationId = testHub.Cast.Institute.Id,
            Domain = "fuzz.example",
            Token = OrganisationDomain.NewToken(),
            AddedAt = TestHub.Opening,
        };
        yield return new MembershipRequest
        {
            Id = joining,
            MemberId = testHub.Cast.Frieda.Id,
            OrganisationId = testHub.Cast.Institute.Id,
            AskedAt = TestHub.Opening,
        };
        yield return new AccessToken
        {
            Id = link,
            MemberId = ada.Id,
            Use = TokenUse.CalendarLink,
            Name = "Spree",
            Hash = RandomToken.Hash("link"),
            CreatedAt = TestHub.Opening,
        };
        yield return new FeedLink { TokenId = link, Of = FeedOf.Space, Detail = FeedDetail.Busy, SpaceId = Space };
        yield return new JoinRequest
        {
            Id = visitor,
            Name = PersonName.Of("Lise"),
            Email = EmailAddress.Of("visitor@example.org"),
            Language = Language.German,
            AskedAt = TestHub.Opening,
        };
        yield return new Invitation
        {
            Id = invitation,
            OrganisationId = testHub.Cast.Institute.Id,
            Email = EmailAddress.Of("lise@example.org"),
            InvitedById = testHub.Cast.Grace.Id,
            InvitedAt = TestHub.Opening,
            ExpiresAt = TestHub.Opening + Invitation.Life,
        };
        var table = Encoding.UTF8.GetBytes("Name;Art\nKieztakt;Unternehmen\n");
        yield return new Import
        {
            Id = import,
            Kind = ImportKind.Organisations,
            FileName = "organisations.csv",
            File = table,
            Sha256 = SHA256.HashData(table),
            Columns = """[{"Heading":"Name","Key":"name","IsLeftOut":false},{"Heading":"Art","Key":"kind","IsLeftOut":false}]""",
            IsWindows1252 = false,
            State = ImportState.Checked,
            ReadById = testHub.Cast.Alan.Id,
            ReadAt = TestHub.Opening,
        };
        yield return new ImportRow
        {
            ImportId = import,
            Line = 2,
            Outcome = RowOutcome.Change,
            Label = "Kieztakt",
            Before = """{"kind":"start_up"}""",
            After = """{"kind":"company"}""",
        };
        yield return new Suppression
        {
            Id = asked,
            NormalizedEmail = ada.Email.Key,
            Scope = SuppressionScope.Reminders,
            Reason = SuppressionReason.Unsubscribed,
            Since = TestHub.Opening,
        };
        var day = new LocalDate(2027, 3, 1);
        yield return new Closure
        {
            Id = ClosureId,
            SiteId = testHub.Cast.Spree.SiteId,
            From = day,
            Through = day,
            Reason = new("Arbeiten", "Works"),
        };
        yield return new Pool
        {
            Id = PoolId,
            SiteId = testHub.Cast.Spree.SiteId,
            Kind = SpaceKind.Desk,
            Name = new("Am Fenster", "By the window"),
        };
        yield return new Notification
        {
            Id = declined,
            Type = CalendarNotifications.DeclineToConfirm,
            Purpose = "declined",
            RecipientName = ada.Name,
            RecipientEmail = ada.Email,
            Language = Language.German,
            SubjectKind = Registration.Subject.Name,
            SubjectId = mine,
            Note = "0",
            WrittenAt = TestHub.Opening,
            DueAt = TestHub.Opening,
            NextAttemptAt = TestHub.Opening,
            NotAfter = starts,
        };
    }

    private Notification AreYouComing(Instant starts) => new()
    {
        Id = coming,
        Type = BookingNotifications.CheckInAsked,
        Purpose = "coming",
        RecipientName = testHub.Cast.Ada.Name,
        RecipientEmail = testHub.Cast.Ada.Email,
        Language = Language.German,
        MemberId = testHub.Cast.Ada.Id,
        SubjectKind = Booking.Subject.Name,
        SubjectId = booking,
        WrittenAt = TestHub.Opening,
        DueAt = TestHub.Opening,
        NextAttemptAt = TestHub.Opening,
        NotAfter = starts,
    };

    private Notification OneEmail(Instant starts) => new()
    {
        Id = notification,
        Type = ReminderNotifications.OfEvent,
        Purpose = "rows",
        RecipientName = testHub.Cast.Ada.Name,
        RecipientEmail = testHub.Cast.Ada.Email,
        Language = Language.German,
        SubjectKind = Registration.Subject.Name,
        SubjectId = mine,
        ScheduledForStart = starts,
        WrittenAt = TestHub.Opening,
        DueAt = starts - Duration.FromHours(2),
        NextAttemptAt = starts - Duration.FromHours(2),
        NotAfter = starts,
    };
}
