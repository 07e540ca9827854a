namespace Azker.Core.Configuration.Settings;

/// <summary>Where Azker records which updates were handled.</summary>
internal sealed class LedgerSetting() : TypedSetting<UpdateLedgerKind?>(SettingNames.UpdateLedger, options => options.Delivery.Ledger)
{
    protected override UpdateLedgerKind? Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        UpdateLedgerKind? kind = text.ToUpperInvariant() switch
        {
            "MEMORY" => UpdateLedgerKind.Memory,
            "FILE" => UpdateLedgerKind.File,
            "TABLE" => UpdateLedgerKind.Table,
            _ => null,
        };
        fault = kind is null ? Fault(text) : null;
        return kind;
    }

    protected override SettingFault? Check(UpdateLedgerKind? value, string text, AzkerOptions options) =>
        value is { } kind && !Enum.IsDefined(kind) ? Fault(text) : null;

    private static SettingFault Fault(string text) =>
        new(SettingTexts.FormatNotLedger(text), SettingTexts.GiveLedger);
}
