using DigiHub.Data.Conversions;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Data;

/// <summary>
/// The hub's database. It names no entity: each capability brings its own configuration beside its entity and hangs its
/// set on the context by an extension property.
/// </summary>
public abstract class HubDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>Set when this context adds work for the jobs, such as a notification: signals them after the commit.</summary>
    public bool LeavesWork { get; set; }

    /// <summary>
    /// Rows of the catalogue were saved in this context: what the process knows of it must be read again after the commit.
    /// </summary>
    public bool ChangesCatalogue { get; set; }

    /// <summary>Rows that open pages show and that were saved in this context, by where they were and where they are.</summary>
    internal List<ShownAt> Shown { get; } = [];

    /// <summary>What the time is for claims that block no longer; set by the unit of work.</summary>
    internal IClock? Clock { get; set; }

    /// <summary>
    /// Takes these locks, always in the same order, and keeps them until the transaction ends. Others that want
    /// the same lock wait here, before any rule is checked. Of units of space, claims that were held until a time that has passed are
    /// deleted at once, in the same round trip: nothing that looks under the lock can be kept out by one, whether or not a job has run.
    /// </summary>
    /// <param name="shared">
    /// Taken before them, together with all others who share it (<see cref="AcquireSharedLock"/>), in the same round trip.
    /// </param>
    /// <exception cref="InvalidOperationException">No transaction is open: a lock without one would be lost at once.</exception>
    public abstract Task AcquireLocks(IEnumerable<LockKey> turns, CancellationToken stop, LockKey? shared = null);

    /// <summary>
    /// Takes this lock in shared mode until the transaction ends: an exclusive lock waits for shared ones,
    /// and vice versa. A shared lock comes before those of <see cref="AcquireLocks"/>, and has a lower kind.
    /// </summary>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public abstract Task AcquireSharedLock(LockKey turn, CancellationToken stop);

    /// <summary>To be called after rows with numbers of our own choice were saved: the next numbers go on after them.</summary>
    public abstract Task ContinueNumbers(CancellationToken stop);

    /// <summary>
    /// Lets nothing stand in the hub's own files of what has been deleted or overwritten; does nothing where the files are the server's.
    /// Takes a second for some hundred megabytes, in which nobody else can write.
    /// </summary>
    public virtual Task DropFreed(CancellationToken stop) => Task.CompletedTask;

    /// <summary>
    /// Ends a SELECT that takes rows to work on, so that workers at the same time get different ones. Empty where
    /// the engine has one writer at a time.
    /// </summary>
    public abstract string SkippingTakenRows { get; }

    /// <summary>The instant as a parameter of raw SQL, which EF Core hands over unconverted.</summary>
    public virtual object InSql(Instant instant) => instant;

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
                continue;
            ChangesCatalogue |= CatalogueTriggers.Holds(entry.Metadata.GetTableName());
            if (entry.Entity is not IShownLive row)
                continue;
            Shown.Add(row.ShownAt);
            if (entry.State == EntityState.Modified && entry.OriginalValues.ToObject() is IShownLive before
                && before.ShownAt != row.ShownAt)
                Shown.Add(before.ShownAt);
        }

        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(HubDb).Assembly);
        NameColumnsInSnakeCase(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Enums are kept by name: a row can be read without the code, and a reordered enum breaks nothing.
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        TextValues.Configure(configurationBuilder);
    }

    private static void NameColumnsInSnakeCase(ModelBuilder modelBuilder)
    {
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(SnakeCase.Of(property.Name));
    }

    /// <summary>The claims that block no longer; its first parameter is the time, as the engine wants it.</summary>
    internal const string DeleteLapsedClaims = "DELETE FROM claims WHERE held_until <= ";

    internal void RequireTransaction()
    {
        if (Database.CurrentTransaction is null)
            throw new InvalidOperationException("Locks are taken inside a transaction: use the UnitOfWork.");
    }
}
