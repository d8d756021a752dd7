import type { ExampleName } from '../custom/examples'
import type { Lab } from '../custom/lab'
import type { Lesson } from './lesson'

/** The lesson of the custom model lab: it opens examples there and runs them. */
export function customLesson(lab: Lab): Lesson {
  const open = (name: ExampleName) => () => {
    lab.getState().openExample(name)
    void lab.getState().start({ fresh: true })
  }
  return {
    title: 'A model of your own',
    steps: [
      {
        title: 'An Estimator somebody made.',
        body: 'Wide & deep takes two lists of feature columns and no more code than that. Run it: the loss is of each batch, the curves below it of rows that training never saw. Which columns are wide, which deep?',
        action: { label: 'Run wide & deep', apply: open('wideDeep') },
      },
      {
        title: 'The same promise, your mathematics.',
        body: 'Canned Estimators are sometimes not enough. This one is written as in a paper: 24 hours are *split* into inputs, an *LSTM cell* reads them one by one, weight and bias make a forecast of its last output.',
        action: { label: 'Run the LSTM', apply: open('lstm') },
      },
      {
        title: 'Six things come back.',
        body: 'A *model function* answers with an *EstimatorSpec*: mode, predictions, loss, trainOp, evalMetricOps, exportOutputs. See the cards, in each mode. Delete the line of trainOp and run again: the error names what is missing.',
        action: null,
      },
      {
        title: 'Stop, and go on.',
        body: 'While it trains, checkpoints are stored in this browser. Stop it half-way, reload the page, and press “Go on”: the step count, and the weights, go on from there. Run starts from the first weights again.',
        action: null,
      },
      {
        title: 'Prototype in Keras, convert.',
        body: 'A *sequential* model starts with an Embedding layer called films, so that its feature is called films_input. Rename the feature and run: the error lists the names it expects.',
        action: { label: 'Run the Keras model', apply: open('keras') },
      },
      {
        title: 'Words on a map.',
        body: 'Each word of a film title gets two numbers; a title is their mean. Words that speak for an R rating drift to one side. Set DIMENSION to 8 and run: is the validation accuracy better, or only the training loss?',
        action: { label: 'Run the bag of words', apply: open('titles') },
      },
    ],
  }
}
