using Azker.Core.Configuration;

namespace Azker.PollingFallback.Hosting;

/// <summary>The server cannot listen at an address; the message names the addresses.</summary>
internal sealed class ListenException(IReadOnlyList<Uri> addresses, Exception inner, string settings) : Exception(
    $"""
    Azker cannot listen at {string.Join(" and ", addresses.Select(address => $"{address.Scheme}://{address.Authority}"))}: {inner.Message}
    Stop the program that listens there, or choose another port ({settings}).
    """,
    inner)
{
    public ListenException(IReadOnlyList<Uri> addresses, Exception inner)
        : this(addresses, inner, $"{SettingNames.WebhookListen}, {SettingNames.HealthListen}")
    {
    }
}
