namespace Azker.PollingFallback.Commands.Config;

/// <summary>The settings in force.</summary>
/// <param name="Settings">All settings, in the order of docs/settings.md.</param>
/// <param name="Similar">The names that are no settings of Azker and look like one.</param>
/// <param name="Faults">The faults of the settings, a line each.</param>
internal sealed record ConfigReport(IReadOnlyList<ConfigSetting> Settings, IReadOnlyList<SimilarSetting> Similar, IReadOnlyList<string> Faults);

/// <summary>One setting in force.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value; <see langword="null"/> for a secret, and for a setting without a value.</param>
/// <param name="IsSet">Whether the setting has a value.</param>
/// <param name="IsSecret">Whether the value is a secret.</param>
/// <param name="Source">Where the value comes from: a name of the settings files, <c>environment</c>, <c>platform</c>, <c>code</c> or <c>default</c>.</param>
internal sealed record ConfigSetting(string Name, string? Value, bool IsSet, bool IsSecret, string Source);

/// <summary>A name that looks like a setting.</summary>
/// <param name="Name">The name.</param>
/// <param name="Source">Where it is set.</param>
/// <param name="Setting">The setting that was perhaps meant.</param>
/// <param name="HasEffect">Whether the name is read as the setting, because only upper and lower case differ.</param>
internal sealed record SimilarSetting(string Name, string Source, string Setting, bool HasEffect);
