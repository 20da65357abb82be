using DigiHub.Bench;

// tests/bench builds all this and starts it. "measure" and "quick" want three words more: the published hub (DigiHub.Web.dll),
// a PostgreSQL server's connection string, and a folder for files; "soak" wants the minutes besides, "only" the figure, "check" the file of
// ratios, "record" that file, the document whose table it writes, and the commit. "ceiling" is the empty server that stands beside the hub.
switch (args)
{
    case ["ceiling"]:
        await Ceiling.Serve();
        return 0;
    case ["measure", var hub, var postgres, var folder]:
        return await new Measurement(hub, postgres, folder).Run();
    case ["quick", var hub, var postgres, var folder]:
        var wrong = await new Measurement(hub, postgres, folder, isQuick: true).Run();
        await new Soak(hub, postgres, folder, TimeSpan.FromSeconds(8)).Run(); // that it comes to its end is what counts
        return wrong;
    case ["only", var hub, var postgres, var folder, var figure]:
        return await new Measurement(hub, postgres, folder).Only(figure);
    case ["check", var hub, var postgres, var folder, var ratios]:
        return await new Measurement(hub, postgres, folder).Check(new Ratios(ratios));
    case ["record", var hub, var postgres, var folder, var ratios, var document, var commit]:
        return await new Measurement(hub, postgres, folder).Record(new Ratios(ratios), document, commit);
    case ["soak", var hub, var postgres, var folder, var minutes]:
        return await new Soak(hub, postgres, folder,
            TimeSpan.FromMinutes(double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture))).Run();
    case ["hub", var hub, var postgres, var folder]:
        return await new HubMeasurement(hub, postgres, folder).Run();
    case ["mail", _, var postgres, var folder]:
        return await new MailMeasurement(postgres, folder).Run();
    default:
        Console.Error.WriteLine("Run tests/bench, and quick, only, check, record, soak, hub or mail after it.");
        return 2;
}
