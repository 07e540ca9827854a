using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Storage;

/// <summary>The connection of one process to the table service, below the real SDK.</summary>
internal sealed class TableHandler(TableService service, ProcessThread process, Line line) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None);
        string? unchanged = request.Headers.TryGetValues("If-Match", out IEnumerable<string>? values) ? values.First() : null;
        string path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath);
        (TableAnswer answer, DateTimeOffset now) = await new Exchange<(TableAnswer, DateTimeOffset)>(process, line)
            .SendAsync(
                exchange => exchange.Answer((
                    line.IsFailing ? new TableAnswer(503, "ServerBusy") : service.Answer(request.Method.Method, path, unchanged, body),
                    process.World.Calendar)), cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.None);
        return answer.ToResponse(request, now);
    }
}
