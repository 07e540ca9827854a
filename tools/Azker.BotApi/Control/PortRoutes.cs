using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Azker.BotApi.Control;

internal static class PortRoutes
{
    public static void Map(RouteGroupBuilder routes, BotApiServer server)
    {
        routes.MapPost("stop", (int port, double? seconds, HttpContext context) =>
        {
            server.CheckPort(port);
            // The answer may have to leave through the port that is to be closed.
            context.Response.OnCompleted(() =>
            {
                _ = Task.Run(() => server.StopListeningForAsync(port, seconds is null ? null : TimeSpan.FromSeconds(seconds.Value)));
                return Task.CompletedTask;
            });
        });
        routes.MapPost("start", (int port, CancellationToken cancellationToken) => server.StartListeningAsync(port, cancellationToken));
    }
}
