using System.Globalization;
using System.Net;
using Azker.Core.Infrastructure;
using Azker.Simulation.Invariants;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;

namespace Azker.Simulation.BotApi;

/// <summary><c>sendMessage</c>: the server can be down for it, can ask to wait in a chat, can refuse it, or can lose its answer.</summary>
internal sealed class SimulatedMessages(World world, Journal journal)
{
    private readonly Dictionary<long, TimeSpan> _floods = [];

    /// <summary>Whether the server answers 502 to every message, while it gives updates.</summary>
    public bool IsDown { get; set; }

    /// <summary>Lets the server answer 429 to every message in a chat, for some time.</summary>
    public void Flood(long chat, TimeSpan duration) => _floods[chat] = world.Now + duration;

    /// <summary>Takes a message, whose text is the <c>update_id</c> of the update for which it is sent.</summary>
    public void Take(Exchange<Message> exchange, SendMessageRequest request)
    {
        UpdateStory story = journal[int.Parse(request.Text, CultureInfo.InvariantCulture)];
        if (IsDown)
        {
            exchange.Fail(new RequestException("Bad Gateway", HttpStatusCode.BadGateway));
        }
        else if (_floods.GetValueOrDefault(request.ChatId.Identifier!.Value) is var until && until > world.Now)
        {
            int seconds = (int)Math.Ceiling((until - world.Now).TotalSeconds);
            exchange.Fail(new ApiRequestException($"Too Many Requests: retry after {seconds}", 429, new ResponseParameters { RetryAfter = seconds }));
        }
        else if (story.Behaviour.IsRefused)
        {
            exchange.Fail(new ApiRequestException("Forbidden: bot was blocked by the user", 403));
        }
        else
        {
            Send(exchange, story);
        }
    }

    private void Send(Exchange<Message> exchange, UpdateStory story)
    {
        journal.Sent(story);
        if (story.Messages <= story.Behaviour.LostAnswers)
        {
            exchange.Fail(new AnswerLostException("The answer was lost.", new IOException()));
        }
        else
        {
            exchange.Answer(new Message());
        }
    }
}
