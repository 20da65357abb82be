using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DigiHub.Activity;

/// <summary>
/// Which fields may tell something of a person. Text may, and values made of it (names, addresses, secrets) do; numbers, times, enums, ids
/// and booleans do not. An entity's configuration says where it is otherwise. Activity shows personal fields by name only.
/// </summary>
public static class PersonalFields
{
    private const string Annotation = "DigiHub:Personal";

    private static readonly HashSet<Type> plain =
    [
        typeof(bool), typeof(int), typeof(long), typeof(decimal), typeof(double), typeof(Guid),
        typeof(Instant), typeof(LocalDate), typeof(LocalTime), typeof(LocalDateTime), typeof(Duration),
    ];

    extension<T>(PropertyBuilder<T> property)
    {
        /// <summary>Text that everybody may read who may read the entity, and that is about no person: the title of an event.</summary>
        public PropertyBuilder<T> NotPersonal() => property.HasAnnotation(Annotation, false);
    }

    extension<T>(EntityTypeBuilder<T> entity)
        where T : class
    {
        /// <summary>A row about a person: all its fields are personal, whatever their type.</summary>
        public EntityTypeBuilder<T> IsPersonal() => entity.HasAnnotation(Annotation, true);
    }

    extension(IReadOnlyProperty property)
    {
        public bool IsPersonal => Marked(property) ?? Marked(property.DeclaringType) ?? !IsPlain(property.ClrType);
    }

    private static bool? Marked(IReadOnlyAnnotatable annotated) => (bool?)annotated.FindAnnotation(Annotation)?.Value;

    private static bool IsPlain(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var bare && (bare.IsEnum || plain.Contains(bare));
}
