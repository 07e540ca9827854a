namespace Azker.Core.Configuration.Settings;

/// <summary>Collects the faults of one bot's options.</summary>
internal sealed class SettingFaults(string optionsName, AzkerOptions options)
{
    private readonly List<(Setting Setting, string Line)> _faults = [];

    /// <summary>One line for each fault, in the order of the settings.</summary>
    public IReadOnlyList<string> Lines =>
        [.. SettingTable.All.SelectMany(setting => _faults.Where(fault => fault.Setting == setting)).Select(fault => fault.Line)];

    /// <summary>Adds the faults of one setting by itself: of its text, and of its value.</summary>
    public void Check(Setting setting)
    {
        if (options.Configured.FaultOf(setting) is { } unreadable)
        {
            _faults.Add((setting, Line(NameOf(setting.Name), unreadable)));
        }
        else if (setting.Check(options.Configured.TextOf(setting, options), options) is { } fault)
        {
            Add(setting, fault);
        }
    }

    public void Add(string name, string wrong, string remedy) => Add(SettingTable.Find(name), new SettingFault(wrong, remedy));

    /// <summary>Whether a setting has a fault already, so that its value is not compared.</summary>
    public bool Has(string name) => _faults.Exists(fault => fault.Setting.Name == name);

    /// <summary>The name by which a message names a setting: with the path of its section.</summary>
    public string NameOf(string name) => options.Configured.Section is { Length: > 0 } section ? $"{section}:{name}" : name;

    private static string Line(string name, SettingFault fault) => SettingTexts.FormatLine(name, fault.Wrong, fault.Remedy);

    private void Add(Setting setting, SettingFault fault)
    {
        string place = options.Configured.IsSetByCode(setting, options) ? $" ({PlaceOf(setting)})" : "";
        _faults.Add((setting, Line(NameOf(setting.Name) + place, fault)));
    }

    /// <summary>Without a section, only the name tells this bot's options from those of another bot.</summary>
    private string PlaceOf(Setting setting) =>
        optionsName.Length > 0 && options.Configured.Section is null ? $"{setting.Property} of '{optionsName}'" : $"{setting.Property}";
}
