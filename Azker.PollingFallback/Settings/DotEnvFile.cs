using System.Text;

namespace Azker.PollingFallback.Settings;

/// <summary>
/// Reads the settings of a <c>.env</c> file. A value means what it says: no <c>$</c> is expanded, since passwords and paths contain it.
/// </summary>
/// <remarks>
/// Lines are <c>NAME=value</c>, also after <c>export</c>. A value in single quotes is taken as it is; in double quotes <c>\n</c>, <c>\r</c>,
/// <c>\t</c>, <c>\"</c> and <c>\\</c> are escapes. A value in quotes may have several lines. A comment begins with <c>#</c> at the start of a
/// line, or after white space behind a value.
/// </remarks>
internal sealed class DotEnvFile
{
    private readonly string _text;
    private readonly List<KeyValuePair<string, string>> _settings = [];
    private int _position;
    private int _line = 1;

    private DotEnvFile(string text) => _text = text.ReplaceLineEndings("\n");

    private bool IsAtEnd => _position == _text.Length;

    private char Current => IsAtEnd ? '\n' : _text[_position];

    /// <param name="text">The text of the file.</param>
    /// <returns>The settings, in the order of the file; the last of the same name counts.</returns>
    /// <exception cref="FormatException">A line is faulty. The message names the line and shows no text of the file.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text)
    {
        var file = new DotEnvFile(text);
        while (!file.IsAtEnd)
        {
            file.ReadLine();
        }

        return file._settings;
    }

    private void ReadLine()
    {
        SkipBlanks();
        if (Current is not ('#' or '\n'))
        {
            string name = ReadName();
            SkipBlanks();
            _settings.Add(new(name, Current is '\'' or '"' ? ReadQuoted(Current) : ReadPlain()));
        }

        SkipLine();
    }

    private string ReadName()
    {
        int end = _text.AsSpan(_position).IndexOfAny('=', '\n');
        string name = end < 0 || _text[_position + end] == '\n' ? "" : _text.Substring(_position, end).Trim();
        const string export = "export ";
        name = name.StartsWith(export, StringComparison.Ordinal) ? name[export.Length..].Trim() : name;
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-' or ':')))
        {
            throw Fault(_line, "is not of the form NAME=value");
        }

        _position += end + 1;
        return name;
    }

    private string ReadPlain()
    {
        int start = _position;
        while (Current != '\n' && !(Current == '#' && (_position == start || char.IsWhiteSpace(_text[_position - 1]))))
        {
            _position++;
        }

        return _text[start.._position].Trim();
    }

    private string ReadQuoted(char quote)
    {
        int first = _line;
        var value = new StringBuilder();
        for (_position++; !IsAtEnd && Current != quote; _position++)
        {
            _line += Current == '\n' ? 1 : 0;
            value.Append(quote == '"' && Current == '\\' ? ReadEscaped() : Current);
        }

        if (IsAtEnd)
        {
            throw Fault(first, $"begins a value with {quote}, and no {quote} ends it");
        }

        _position++;
        SkipBlanks();
        return Current is '#' or '\n' ? value.ToString() : throw Fault(_line, $"has text behind the {quote} that ends the value");
    }

    private char ReadEscaped()
    {
        _position++;
        return Current switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '"' or '\\' => Current,
            _ => throw Fault(_line, "has a \\ in double quotes that is not \\n, \\r, \\t, \\\" or \\\\; use single quotes, or \\\\"),
        };
    }

    private void SkipBlanks()
    {
        while (Current != '\n' && char.IsWhiteSpace(Current))
        {
            _position++;
        }
    }

    private void SkipLine()
    {
        while (Current != '\n')
        {
            _position++;
        }

        _position += IsAtEnd ? 0 : 1;
        _line++;
    }

    private static FormatException Fault(int line, string wrong) => new(FormattableString.Invariant($"line {line} {wrong}"));
}
