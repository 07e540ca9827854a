using System.Text;

namespace Azker.Conventions.Tests.Words;

/// <summary>Remembers, while code is read, in which statement of which blocks the reader is.</summary>
internal sealed class Statements
{
    private readonly Stack<StringBuilder> _outer = [];
    private StringBuilder _current = new();

    public string Context => string.Join(' ', _outer.Reverse().Append(_current));

    public void Read(char code)
    {
        switch (code)
        {
            case ';':
                _current.Clear();
                break;
            case '{':
                _outer.Push(_current);
                _current = new StringBuilder();
                break;
            case '}' when _outer.Count > 0:
                Leave();
                break;
            default:
                _current.Append(code);
                break;
        }
    }

    /// <summary>A block within parentheses, such as the arms of a switch, belongs to a statement that goes on after it.</summary>
    private void Leave()
    {
        _current = _outer.Pop();
        string text = _current.ToString();
        if (text.Count(letter => letter == '(') == text.Count(letter => letter == ')'))
        {
            _current.Clear();
        }
    }
}
