namespace Azker.BotApi.Requests;

/// <summary>The arguments of a call from all its sources. The first occurrence of a name wins.</summary>
internal sealed class RequestArguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, UploadedFile> _files = [];

    /// <summary>The value of an argument. An absent argument is empty.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    public void Add(string name, string value) => _values.TryAdd(name, value);

    public void Add(string name, UploadedFile file) => _files.TryAdd(name, file);

    public UploadedFile? File(string name) => _files.GetValueOrDefault(name);

    /// <summary>The value as a number, without an error: a text that is not a number is 0, and a value out of range is clamped.</summary>
    public int Integer(string name, int defaultValue, int min = int.MinValue, int max = int.MaxValue) =>
        Math.Clamp(this[name] is { Length: > 0 } text ? LenientInteger.Parse(text) : defaultValue, min, max);

    public bool Flag(string name) => this[name].ToLowerInvariant() is "true" or "yes" or "1";
}
