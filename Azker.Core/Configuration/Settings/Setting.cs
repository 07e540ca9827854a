namespace Azker.Core.Configuration.Settings;

/// <summary>A setting: its name, the option that it sets, how its text is read, and which values are allowed.</summary>
internal abstract class Setting(string name, SettingProperty property)
{
    /// <summary>See <see cref="SettingNames"/>.</summary>
    public string Name => name;

    public SettingProperty Property => property;

    /// <summary>The option's value in options that nothing has set.</summary>
    public object? DefaultValue { get; } = property.Get(new AzkerOptions());

    /// <summary>Sets the option to the value of a text.</summary>
    /// <returns>The fault of a text that has no value; the option keeps its value then.</returns>
    public abstract SettingFault? Read(string text, AzkerOptions options);

    /// <summary>Checks the option's value.</summary>
    /// <param name="text">The text that the value was read from; <see langword="null"/> for a value that code has set.</param>
    /// <param name="options">The options, complete.</param>
    public abstract SettingFault? Check(string? text, AzkerOptions options);
}
