using Azker.BotApi.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Azker.BotApi.Control;

internal static class FaultRoutes
{
    public static void Map(RouteGroupBuilder routes, FaultList faults)
    {
        routes.MapGet("", () => faults.All);
        routes.MapPost("", (SetFault body) => new { Id = faults.Add(body.ToFault()) });
        routes.MapDelete("", faults.Clear);
        routes.MapDelete("{id:int}", (int id) => faults.Remove(id) ? Results.Ok() : Results.NotFound());
    }

    internal sealed record SetFault(
        FaultKind Kind,
        string? Method = null,
        int? Port = null,
        long? Bot = null,
        int? Times = null,
        int? Status = null,
        int? RetryAfter = null,
        string? Text = null,
        double? DelaySeconds = null)
    {
        public Fault ToFault()
        {
            var plain = new Fault(Kind) { Method = Method, Port = Port, Bot = Bot, Times = Times };
            return plain with
            {
                Status = Status ?? plain.Status,
                RetryAfter = RetryAfter ?? plain.RetryAfter,
                Text = Text ?? plain.Text,
                Delay = TimeSpan.FromSeconds(DelaySeconds ?? 0),
            };
        }
    }
}
