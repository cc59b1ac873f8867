import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.semanticweb.HermiT.ReasonerFactory;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.expression.OWLEntityChecker;
import org.semanticweb.owlapi.formats.RDFDocumentFormat;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.io.RDFParserMetaData;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.model.parameters.Imports;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.reasoner.OWLReasoner;
import org.semanticweb.owlapi.util.mansyntax.ManchesterOWLSyntaxParser;

/**
 * What Protégé would find in a file: java -cp 'JARS/*' OwlCheck.java read|reason FILE, one line "name value" a figure.
 *
 * parse: reads DL queries written with English labels, as Protégé's tab does: parse FILE QUERY ...
 * read: loads the file with the OWL API, counts, and checks the OWL 2 DL profile. reason: also lets HermiT say whether
 * it is consistent, whether every class can have instances, what the DL query "Capture and place value Mosul" answers,
 * and whether an event that is an actor is found out.
 */
public class OwlCheck {
    static final String LB = "https://w3id.org/lagebild/ontology#";
    static final String ENTITY = "https://w3id.org/lagebild/entity/";

    public static void main(String[] args) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        int[] missing = {0};
        manager.addMissingImportListener(event -> missing[0]++);
        OWLOntologyLoaderConfiguration config = new OWLOntologyLoaderConfiguration()
            .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT);
        OWLOntology ontology =
            manager.loadOntologyFromOntologyDocument(new FileDocumentSource(new File(args[1])), config);
        say("missing-imports", missing[0]);
        say("imports", ontology.getImportsDeclarations().size());
        say("unparsed-triples", unparsed(manager, ontology));
        count(ontology);
        var violations = new OWL2DLProfile().checkOntology(ontology).getViolations();
        say("profile-violations", violations.size());
        violations.stream().limit(20).forEach(v -> say("violation", v));
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        say("memory-mib", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        if (args[0].equals("reason")) {
            reason(manager, ontology);
        } else if (args[0].equals("parse")) {
            for (int i = 2; i < args.length; i++) {
                say("understood", parsed(ontology, args[i]).getSignature().size());
            }
        }
    }

    static int unparsed(OWLOntologyManager manager, OWLOntology ontology) {
        RDFDocumentFormat format = (RDFDocumentFormat) manager.getOntologyFormat(ontology);
        return ((RDFParserMetaData) format.getOntologyLoaderMetaData()).getUnparsedTriples().size();
    }

    static void count(OWLOntology ontology) {
        say("classes", ontology.getClassesInSignature(Imports.EXCLUDED).size());
        say("individuals", ontology.getIndividualsInSignature(Imports.EXCLUDED).size());
        say("anonymous", ontology.getAnonymousIndividuals().size());
        say("class-assertions", ontology.getAxiomCount(AxiomType.CLASS_ASSERTION));
        say("object-assertions", ontology.getAxiomCount(AxiomType.OBJECT_PROPERTY_ASSERTION));
        say("data-assertions", ontology.getAxiomCount(AxiomType.DATA_PROPERTY_ASSERTION));
        say("annotations", ontology.getAxiomCount(AxiomType.ANNOTATION_ASSERTION));
        long bare = ontology.getIndividualsInSignature().stream().filter(one -> !labelled(ontology, one)).count();
        say("without-labels", bare);
    }

    static boolean labelled(OWLOntology ontology, OWLEntity entity) {
        Set<String> languages = new TreeSet<>();
        for (OWLAnnotationAssertionAxiom axiom : ontology.getAnnotationAssertionAxioms(entity.getIRI())) {
            if (axiom.getProperty().isLabel() && axiom.getValue().asLiteral().isPresent()) {
                languages.add(axiom.getValue().asLiteral().get().getLang());
            }
        }
        return languages.equals(Set.of("de", "en"));
    }

    static void reason(OWLOntologyManager manager, OWLOntology ontology) {
        OWLDataFactory factory = manager.getOWLDataFactory();
        OWLReasoner reasoner = new ReasonerFactory().createReasoner(ontology);
        say("consistent", reasoner.isConsistent());
        say("unsatisfiable", reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom().size());
        OWLClassExpression capture = factory.getOWLClass(IRI.create(LB + "Capture"));
        OWLClassExpression atMosul = factory.getOWLObjectHasValue(
            factory.getOWLObjectProperty(IRI.create(LB + "place")),
            factory.getOWLNamedIndividual(IRI.create(ENTITY + "mosul")));
        reasoner.getInstances(factory.getOWLObjectIntersectionOf(capture, atMosul), false).getFlattened()
            .stream().map(one -> one.getIRI().toString()).sorted().forEach(one -> say("capture-of-mosul", one));
        reasoner.dispose();
        OWLNamedIndividual event = factory.getOWLNamedIndividual(IRI.create("urn:planted:event"));
        for (String kind : new String[] {"Capture", "Actor"}) {
            manager.addAxiom(ontology,
                factory.getOWLClassAssertionAxiom(factory.getOWLClass(IRI.create(LB + kind)), event));
        }
        OWLReasoner planted = new ReasonerFactory().createReasoner(ontology);
        say("consistent-when-an-event-is-an-actor", planted.isConsistent());
    }

    static OWLClassExpression parsed(OWLOntology ontology, String query) {
        Map<String, OWLEntity> named = new HashMap<>();
        for (OWLEntity entity : ontology.getSignature()) {
            for (OWLAnnotationAssertionAxiom axiom : ontology.getAnnotationAssertionAxioms(entity.getIRI())) {
                OWLLiteral label = axiom.getValue().asLiteral().orNull();
                if (axiom.getProperty().isLabel() && label != null && label.hasLang("en")) {
                    String name = label.getLiteral();
                    named.put(name.contains(" ") ? "'" + name + "'" : name, entity);
                }
            }
        }
        ManchesterOWLSyntaxParser parser = OWLManager.createManchesterParser();
        parser.setOWLEntityChecker(new Checker(named));
        parser.setStringToParse(query);
        return parser.parseClassExpression();
    }

    record Checker(Map<String, OWLEntity> named) implements OWLEntityChecker {
        <T extends OWLEntity> T as(Class<T> kind, String name) {
            return kind.isInstance(named.get(name)) ? kind.cast(named.get(name)) : null;
        }
        public OWLClass getOWLClass(String name) { return as(OWLClass.class, name); }
        public OWLObjectProperty getOWLObjectProperty(String name) { return as(OWLObjectProperty.class, name); }
        public OWLDataProperty getOWLDataProperty(String name) { return as(OWLDataProperty.class, name); }
        public OWLNamedIndividual getOWLIndividual(String name) { return as(OWLNamedIndividual.class, name); }
        public OWLDatatype getOWLDatatype(String name) { return as(OWLDatatype.class, name); }
        public OWLAnnotationProperty getOWLAnnotationProperty(String name) {
            return as(OWLAnnotationProperty.class, name);
        }
    }

    static void say(String name, Object value) {
        System.out.println(name + " " + value);
    }
}
