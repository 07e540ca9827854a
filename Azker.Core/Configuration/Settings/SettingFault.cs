namespace Azker.Core.Configuration.Settings;

/// <summary>The fault of a setting's value.</summary>
/// <param name="Wrong">The fault in words, with the value unless that is a secret.</param>
/// <param name="Remedy">The action that corrects the fault, in words.</param>
internal sealed record SettingFault(string Wrong, string Remedy);
