using Azker.Core.Delivery;

namespace Azker.Core.Tests.Delivery;

public class WebhookRedeliveryTests
{
    [Fact]
    public void Telegram_waits_as_its_source_says() => Assert.Equal(
        [0, 2, 4, 8, 16, 32, 120, 120], Enumerable.Range(1, 8).Select(failures => WebhookRedelivery.MaxDelayAfter(failures).TotalSeconds));
}
