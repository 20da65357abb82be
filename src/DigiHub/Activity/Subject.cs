using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DigiHub.Activity;

/// <summary>
/// One thing that an act was done to, a notification is about or a claim is held by: its kind and its id, in two columns that
/// fit every kind there is and will be.
/// </summary>
/// <param name="Kind">The name of a <see cref="SubjectKind"/>: "booking".</param>
/// <param name="Id">The thing's id; a number stands in its first four bytes (see <see cref="Numbered"/>).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Subject(string Kind, Guid Id)
{
    /// <summary>
    /// The number of a thing whose kind is numbered (a site, a space, a closure, a template); meaningless for all other kinds.
    /// </summary>
    public int Number
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Id.TryWriteBytes(bytes, bigEndian: true, out _);
            return BinaryPrimitives.ReadInt32BigEndian(bytes);
        }
    }

    /// <summary>The id that stands for a number: 00000007-0000-0000-0000-000000000000 for 7.</summary>
    public static Guid Numbered(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>"booking:0198b1a0-…", or "closure:7".</summary>
    public override string ToString() => Id == Numbered(Number) ? $"{Kind}:{Number}" : $"{Kind}:{Id}";
}

/// <summary>
/// A kind of thing, declared once, on the entity that it is a kind of (<c>Booking.Subject</c>). A name that
/// is declared nowhere does not compile.
/// </summary>
/// <param name="Name">
/// In the singular, with underscores: "reminder_template". At most <see cref="NameMax"/> characters; it stands in rows, so it stays.
/// </param>
public abstract record SubjectKind(string Name)
{
    public const int NameMax = 30;

    /// <summary>
    /// The key of a thing's row, as its table has it: the number or the id that a <see cref="Subject"/> of this kind stands for.
    /// </summary>
    public abstract object KeyOf(Guid id);

    public sealed override string ToString() => Name;
}

/// <typeparam name="TKey">The type of the things' ids: Guid, or int for those that have numbers.</typeparam>
public sealed record SubjectKind<TKey>(string Name) : SubjectKind(Name)
    where TKey : struct
{
    public Subject Of(TKey id) => new(Name, id switch
    {
        Guid guid => guid,
        int number => Subject.Numbered(number),
        _ => throw new NotSupportedException($"Ids of {typeof(TKey).Name} have no place in a subject's column."),
    });

    public override object KeyOf(Guid id) => typeof(TKey) == typeof(int) ? new Subject(Name, id).Number : id;

    /// <summary>Declares an act on things of this kind.</summary>
    /// <param name="verb">In the past tense, with underscores: "checked_in".</param>
    public Act<TKey> Act(string verb) => new(this, verb);
}
