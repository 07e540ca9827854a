using Azker.BlobService;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Simulation.BotApi;
using Azker.Simulation.Faults;
using Azker.Simulation.Instances;
using Azker.Simulation.Invariants;
using Azker.Simulation.Network;
using Azker.Simulation.Rules;
using Azker.Simulation.Scheduling;
using Azker.Simulation.Storage;
using Azker.Simulation.Tracing;
using Microsoft.Extensions.Configuration;

namespace Azker.Simulation;

/// <summary>The parts that the instances of one seed share: the world, its services, and the watches over the promises.</summary>
internal sealed class Bench
{
    private const string Token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string LockBlob = "bot-123456";

    private static readonly string[] PollTimeouts = ["5", "25", "50", "50"];
    private static readonly string[] AcknowledgeTimes = ["0", "1", "5", "5"];

    private readonly Dictionary<string, Line> _lines = [];
    private readonly Random _network;
    private readonly Random _pick;
    private readonly string _pollTimeout;
    private readonly string _acknowledgeAfter;

    public Bench(int seed, Trace trace, Rule? without)
    {
        World = new World(seed, trace);
        _network = World.RandomOf("network");
        _pick = World.RandomOf("sites");
        _pollTimeout = PollTimeouts[_pick.Next(PollTimeouts.Length)];
        _acknowledgeAfter = AcknowledgeTimes[_pick.Next(AcknowledgeTimes.Length)];
        Names = new NameService(World);
        Faults = new FaultLog(World);
        Verdict = new SeedVerdict(World);
        Storage = new LeaseService(new WorldClock(World));
        Tables = new TableService(new WorldClock(World));
        ParkedQueue = new ParkedQueue(World);
        Journal = new Journal(World, Faults, Verdict, Foreigners);
        Leases = new LeaseWatch(World, Storage, LockBlob, TimeSpan.FromSeconds(12));
        Receivers = new ReceiverWatch(World, Verdict, Foreigners, Leases);
        Server = new BotServer(World, Journal, Receivers, Sites, Names);
        Rules = new RuleSwitch(without, Leases);
    }

    public World World { get; }

    public FaultLog Faults { get; }

    public SeedVerdict Verdict { get; }

    public Foreigners Foreigners { get; } = new();

    public Journal Journal { get; }

    public LeaseService Storage { get; }

    public TableService Tables { get; }

    public ParkedQueue ParkedQueue { get; }

    public LeaseWatch Leases { get; }

    public ReceiverWatch Receivers { get; }

    public BotServer Server { get; }

    public Sites Sites { get; } = new();

    public NameService Names { get; }

    public Service Telegram { get; } = new("telegram");

    public Service StorageService { get; } = new("storage");

    /// <summary>The first exception that should not have ended a process.</summary>
    public Exception? Defect { get; private set; }

    public RuleSwitch Rules { get; }

    public IEnumerable<Line> Lines => _lines.Values;

    public Line LineOf(string subject, Service service)
    {
        string name = $"{subject}-{service.Name}";
        if (!_lines.TryGetValue(name, out Line? line))
        {
            _lines[name] = line = NewLine(subject, service);
        }

        return line;
    }

    /// <summary>Creates a line that gets no faults of its own.</summary>
    public Line NewLine(string subject, Service service) => new(World, _network, Faults, subject, service);

    public Site AddSite(string name, bool hasProxy = false)
    {
        var site = new Site(name, LineOf(name, new Service("from-telegram")), _pick) { HasProxy = hasProxy };
        Sites.Add(site);
        return site;
    }

    public AzkerOptions OptionsOf(IRole role) => AzkerOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(
            new (string Name, string Value)[]
            {
                (SettingNames.TelegramBotToken, Token),
                (SettingNames.Storage, "UseDevelopmentStorage=true"),
                (SettingNames.LockFastTakeover, "false"),
                (SettingNames.PollTimeout, _pollTimeout),
                (SettingNames.AcknowledgeAfter, _acknowledgeAfter),
            }
            .Concat(role.Settings)
            .Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build());

    /// <summary>Records the exception that ended a process as a defect, unless Core documents the exception.</summary>
    public void Judge(Exception? failure)
    {
        bool isExpected = failure is null or InstanceLockException or InstanceLockLostException || (failure is ForeignWebhookException && Foreigners.Exist);
        Defect ??= isExpected ? null : failure;
    }
}
