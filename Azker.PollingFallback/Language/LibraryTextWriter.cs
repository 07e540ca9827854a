using System.Text;
using System.Text.RegularExpressions;

namespace Azker.PollingFallback.Language;

/// <summary>Writes what the library that reads the command line prints, in the language of the console, a line at a time.</summary>
internal sealed partial class LibraryTextWriter(TextWriter inner) : TextWriter
{
    private static readonly string[] Labels = ["HelpUsageCommand", "HelpUsageOptions", "HelpUsageAdditionalArguments", "HelpOptionsRequiredLabel"];

    private readonly StringBuilder _line = new();
    private bool _isUsage;

    public override Encoding Encoding => inner.Encoding;

    /// <returns>The writer itself in English, which is the language of the library.</returns>
    public static TextWriter Of(TextWriter writer) => Texts.Culture is { Name.Length: > 0 } ? new LibraryTextWriter(writer) : writer;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }

        inner.WriteLine(Translate(_line.ToString().TrimEnd('\r')));
        _line.Clear();
    }

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Length > 0)
        {
            inner.Write(Translate(_line.ToString()));
        }

        base.Dispose(disposing);
    }

    private string Translate(string line)
    {
        if (LibraryTexts.Find(line) is { } text)
        {
            _isUsage = line == LibraryTexts.All["HelpUsageTitle"];
            return text;
        }

        _isUsage &= line.Length > 0;
        string labelled = Labels
            .Select(LibraryTexts.Label)
            .Aggregate(line, (all, label) => all.Replace(label.English, label.Text, StringComparison.Ordinal));
        labelled = Default().Replace(labelled, match => $"[{LibraryTexts.Label("HelpArgumentDefaultValueLabel").Text}: \u2068{match.Groups["value"].Value}\u2069]");
        return Isolate(labelled);
    }

    /// <summary>Keeps a usage line, and the first column of a table, from the direction of the text beside it.</summary>
    private string Isolate(string line) => _isUsage
        ? $"  \u2066{line.Trim()}\u2069"
        : FirstColumn().Replace(line, match => $"  \u2066{match.Groups["name"].Value}\u2069");

    [GeneratedRegex(@"\[default: (?<value>[^\]]*)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Default();

    [GeneratedRegex(@"^  (?<name>[-<\[A-Za-z/?](\S| (?! ))*)(?=  |$)", RegexOptions.ExplicitCapture)]
    private static partial Regex FirstColumn();
}
