using DigiHub.Activity;

namespace DigiHub.Tests.Activity;

public sealed class SubjectTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void A_number_is_found_again_in_the_id_that_stands_for_it(int number) =>
        Assert.Equal(number, new SubjectKind<int>("closure").Of(number).Number);

    [Fact]
    public void A_thing_with_an_id_of_its_own_keeps_it()
    {
        var id = Guid.CreateVersion7();

        Assert.Equal(new Subject("booking", id), new SubjectKind<Guid>("booking").Of(id));
    }

    [Fact]
    public void A_kind_knows_the_key_that_an_id_stands_for()
    {
        var id = new Guid("00000007-0000-0000-0000-000000000000"); // of a row with an id it is just an id, whatever it looks like

        Assert.Equal([7, id], [new SubjectKind<int>("closure").KeyOf(id), new SubjectKind<Guid>("booking").KeyOf(id)]);
    }

    [Fact]
    public void It_reads_as_kind_and_number_or_id()
    {
        var id = new Guid("0198b1a0-0000-7000-8000-00000000e000");

        Assert.Equal(["closure:7", $"booking:{id}"],
            [new SubjectKind<int>("closure").Of(7).ToString(), new SubjectKind<Guid>("booking").Of(id).ToString()]);
    }
}
