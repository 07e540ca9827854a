namespace Azker.Core.Configuration.Settings;

/// <summary>The fault of a setting's value.</summary>
/// <param name="Wrong">What is wrong, with the value unless that is a secret.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record SettingFault(string Wrong, string Remedy);
