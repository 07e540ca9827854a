using System.Net;

namespace Azker.Core.Configuration.Settings;

/// <summary>The address to which Telegram connects.</summary>
internal sealed class IpAddressSetting() : TypedSetting<IPAddress?>(SettingNames.WebhookIpAddress, options => options.Webhook.IpAddress)
{
    protected override IPAddress? Parse(string text, AzkerOptions options, out SettingFault? fault)
    {
        fault = IPAddress.TryParse(text, out IPAddress? address)
            ? null
            : new SettingFault(SettingTexts.FormatNotIpAddress(text), SettingTexts.GiveIpAddress);
        return address;
    }
}
