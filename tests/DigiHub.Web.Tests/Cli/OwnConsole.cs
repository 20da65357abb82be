using System.Text;

namespace DigiHub.Web.Tests.Cli;

/// <summary>
/// A console for each command that runs in the process of the tests, so that commands may run side by side. It follows the flow of
/// control; all other writers and readers have the console of the process.
/// </summary>
internal sealed class OwnConsole : IDisposable
{
    private static readonly AsyncLocal<OwnConsole?> current = new();
    private static readonly Lock setting = new();
    private static (TextReader In, TextWriter Out, TextWriter Error) ours;

    private readonly TextReader input;
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private volatile bool isOver;

    private OwnConsole(string? input) => this.input = new StringReader(input ?? "");

    /// <returns>What the act returned, and what it wrote to standard output and then to standard error.</returns>
    public static async Task<(int Code, string Text)> Around(string? input, Func<Task<int>> act)
    {
        TakeConsole();
        using var own = new OwnConsole(input);
        current.Value = own; // for what is called from here; the caller keeps its own
        var code = await act();
        return (code, $"{own.output}{own.errors}");
    }

    // Not once and for all: who starts a browser sets the console, too.
    private static void TakeConsole()
    {
        lock (setting)
        {
            if (Console.Out != ours.Out)
                Console.SetOut(new Outwards(Console.Out, own => own.output));
            if (Console.Error != ours.Error)
                Console.SetError(new Outwards(Console.Error, own => own.errors));
            if (Console.In != ours.In)
                Console.SetIn(new Inwards(Console.In));
            ours = (Console.In, Console.Out, Console.Error);
        }
    }

    public void Dispose()
    {
        isOver = true; // a log that is late goes to the console of the process
        input.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    private sealed class Outwards(TextWriter others, Func<OwnConsole, TextWriter> which) : TextWriter
    {
        public override Encoding Encoding => others.Encoding;

        private TextWriter Now => current.Value is { isOver: false } own ? which(own) : others;

        public override void Write(char value) => Now.Write(value);

        public override void Write(string? value) => Now.Write(value);

        public override void Write(char[] buffer, int index, int count) => Now.Write(buffer, index, count);

        public override void Write(ReadOnlySpan<char> buffer) => Now.Write(buffer);

        public override void Flush() => Now.Flush();
    }

    private sealed class Inwards(TextReader others) : TextReader
    {
        private TextReader Now => current.Value is { isOver: false } own ? own.input : others;

        public override int Read() => Now.Read();

        public override int Peek() => Now.Peek();

        public override string? ReadLine() => Now.ReadLine();
    }
}
