using System.Text;

namespace Azker.Conventions.Tests.Words;

/// <summary>Reads a C# file, and gives its comments and its string literals. Knows verbatim, raw and interpolated literals.</summary>
internal sealed class SourceScanner
{
    private readonly string _source;
    private readonly List<Piece> _pieces = [];
    private readonly Statements _statements = new();
    private int _at;

    private SourceScanner(string source) => _source = source;

    public static IReadOnlyList<Piece> Scan(string source)
    {
        var scanner = new SourceScanner(source);
        scanner.ReadCode(isHole: false);
        return [.. scanner._pieces.OrderBy(piece => piece.Start)];
    }

    /// <summary>Reads to the end of the file, or to the brace that closes an interpolation.</summary>
    private void ReadCode(bool isHole)
    {
        for (int depth = 0; _at < _source.Length;)
        {
            if (IsNext("//"))
            {
                ReadComment(EndOfLine());
            }
            else if (IsNext("/*"))
            {
                int end = _source.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                ReadComment(end < 0 ? _source.Length : end + 2);
            }
            else if (IsNext("'"))
            {
                ReadCharacter();
            }
            else if (!TryReadLiteral())
            {
                depth += _source[_at] switch { '{' => 1, '}' => -1, _ => 0 };
                if (isHole && depth < 0)
                {
                    return;
                }

                ReadCodeLetter(isHole);
            }
        }
    }

    private void ReadCodeLetter(bool isHole)
    {
        if (!isHole)
        {
            _statements.Read(_source[_at]);
        }

        _at++;
    }

    private void ReadComment(int end)
    {
        _pieces.Add(new Piece(PieceKind.Comment, _at, end, _source[_at..end], _statements.Context));
        _at = end;
    }

    private void ReadCharacter()
    {
        _at += _source[_at + 1] == '\\' ? 3 : 2;
        while (_source[_at++] != '\'')
        {
        }
    }

    private bool TryReadLiteral()
    {
        int start = _at;
        int quote = _at;
        while (quote < _source.Length && _source[quote] is '$' or '@')
        {
            quote++;
        }

        if (quote == _source.Length || _source[quote] != '"')
        {
            return false;
        }

        string prefix = _source[_at..quote];
        string context = _statements.Context;
        _at = quote;
        string text = ReadLiteral(prefix.Count(letter => letter == '$'), isVerbatim: prefix.Contains('@', StringComparison.Ordinal));
        _pieces.Add(new Piece(PieceKind.Literal, start, _at, text, context));
        return true;
    }

    private string ReadLiteral(int dollars, bool isVerbatim)
    {
        int quotes = Run('"');
        if (!isVerbatim && quotes == 2)
        {
            _at += 2;
            return "";
        }

        bool isRaw = !isVerbatim && quotes > 2;
        int delimiter = isRaw ? quotes : 1;
        _at += delimiter;
        var text = new StringBuilder();
        while (!(Run('"') >= delimiter && (!isVerbatim || Run('"') % 2 == 1)))
        {
            ReadPart(text, dollars, isVerbatim, isRaw);
        }

        text.Append('"', Run('"') - delimiter);
        _at += Run('"');
        return text.ToString();
    }

    private void ReadPart(StringBuilder text, int dollars, bool isVerbatim, bool isRaw)
    {
        int braces = Run('{');
        if (dollars > 0 && (isRaw ? braces >= dollars : braces % 2 == 1))
        {
            _at += braces;
            text.Append(Prose.Code);
            int start = _at;
            ReadCode(isHole: true);
            text.Append('\n', _source.AsSpan(start, _at - start).Count('\n'));
            _at += isRaw ? dollars : 1;
        }
        else if (!isVerbatim && !isRaw && _source[_at] == '\\')
        {
            text.Append(_source[_at + 1] == '"' ? '"' : ' ');
            _at += 2;
        }
        else
        {
            int length = Math.Max(1, braces > 0 ? braces : isVerbatim ? Run('"') : 0);
            text.Append(_source, _at, length);
            _at += length;
        }
    }

    private bool IsNext(string text) => string.CompareOrdinal(_source, _at, text, 0, text.Length) == 0;

    private int EndOfLine()
    {
        int end = _source.IndexOf('\n', _at);
        return end < 0 ? _source.Length : end;
    }

    private int Run(char letter)
    {
        int end = _at;
        while (end < _source.Length && _source[end] == letter)
        {
            end++;
        }

        return end - _at;
    }
}
