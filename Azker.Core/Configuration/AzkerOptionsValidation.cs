using Azker.Core.Configuration.Settings;
using Microsoft.Extensions.Options;

namespace Azker.Core.Configuration;

/// <summary>
/// The third of three steps: checks every value by the rules of its setting, wherever the value comes from, and the values
/// together, and reports all faults at once.
/// </summary>
internal sealed class AzkerOptionsValidation : IValidateOptions<AzkerOptions>
{
    public ValidateOptionsResult Validate(string? name, AzkerOptions options)
    {
        name ??= Options.DefaultName;
        var faults = new SettingFaults(name, options);
        foreach (Setting setting in SettingTable.All)
        {
            faults.Check(setting);
        }

        SettingRules.Check(options, faults);
        return faults.Lines is { Count: > 0 } lines ? ValidateOptionsResult.Fail(lines) : ValidateOptionsResult.Success;
    }
}
