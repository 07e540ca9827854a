using Azker.Core.Configuration;
using Azker.PollingFallback.Language;

namespace Azker.PollingFallback.Hosting;

/// <summary>The server cannot listen at an address; the message names the addresses.</summary>
internal sealed class ListenException(IReadOnlyList<Uri> addresses, Exception inner, string settings) : Exception(
    Texts.FormatFaultListen(string.Join(", ", addresses.Select(address => $"{address.Scheme}://{address.Authority}")), inner.Message, settings),
    inner)
{
    public ListenException(IReadOnlyList<Uri> addresses, Exception inner)
        : this(addresses, inner, $"{SettingNames.WebhookListen}, {SettingNames.HealthListen}")
    {
    }
}
