namespace Azker.Core.Configuration.Settings;

/// <summary>The values that a configuration gave to one <see cref="AzkerOptions"/>, and the faults of its texts that have no value.</summary>
internal sealed class ConfiguredValues
{
    private readonly Dictionary<string, (string Text, object? Value)> _values = [];
    private readonly Dictionary<string, SettingFault> _faults = [];

    /// <summary>The path of the section that was read; empty for the root, <see langword="null"/> when none was read.</summary>
    public string? Section { get; set; }

    public void Add(Setting setting, string text, SettingFault? fault, AzkerOptions options)
    {
        _values.Remove(setting.Name);
        _faults.Remove(setting.Name);
        if (fault is null)
        {
            _values.Add(setting.Name, (text, setting.Property.Get(options)));
        }
        else
        {
            _faults.Add(setting.Name, fault);
        }
    }

    /// <summary>The fault of a setting's text that has no value.</summary>
    public SettingFault? FaultOf(Setting setting) => _faults.GetValueOrDefault(setting.Name);

    /// <summary>The text of a setting's value; <see langword="null"/> when it was not read, or code has set another value.</summary>
    public string? TextOf(Setting setting, AzkerOptions options) =>
        _values.TryGetValue(setting.Name, out (string Text, object? Value) read) && Equals(read.Value, setting.Property.Get(options)) ? read.Text : null;

    /// <summary>Whether the value is neither read nor the default of a setting that a configuration could have.</summary>
    public bool IsSetByCode(Setting setting, AzkerOptions options) => TextOf(setting, options) is null
        && (Section is null || _values.ContainsKey(setting.Name) || !Equals(setting.DefaultValue, setting.Property.Get(options)));
}
